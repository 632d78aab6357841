package dev.pawl.web.stream;

import dev.pawl.engine.live.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages in the format of server-sent events (WHATWG HTML, section 9.2). */
final class FrameText {

    /** How soon a client whose connection broke comes back, in milliseconds. */
    private static final String BEGIN = "retry: 2000\n\n";

    private FrameText() {}

    static byte[] begin() {
        return BEGIN.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] of(List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> add(frame, text));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A message without data is a comment, and an id if it has one, which clients note all the same. */
    private static void add(Frame frame, StringBuilder text) {
        if (frame.data() == null) {
            text.append(":\n");
        }
        if (frame.id() != null) {
            text.append("id: ").append(frame.id()).append('\n');
        }
        if (frame.event() != null) {
            text.append("event: ").append(frame.event()).append('\n');
        }
        if (frame.data() != null) {
            text.append("data: ").append(frame.data()).append('\n');
        }
        text.append('\n');
    }
}
