package dev.pawl.engine.live;

import dev.pawl.engine.json.JsonCodec;

/** The last message of a stream that the server ends. */
final class Dropped {

    private Dropped() {}

    static Frame tooSlow(String resume) {
        return frame(resume, "TOO_SLOW", "Messages came faster than they were taken; resume from the last id");
    }

    static Frame goingDown(String resume) {
        return frame(resume, "GOING_DOWN", "The server goes down; resume from the last id");
    }

    private static Frame frame(String resume, String code, String detail) {
        return new Frame(
                resume,
                Frame.DROPPED,
                JsonCodec.write(JsonCodec.object().put("code", code).put("detail", detail)));
    }
}
