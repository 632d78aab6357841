package dev.pawl.engine.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a distributed trace something belongs, as <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 * writes it.
 *
 * @param parent {@code traceparent}
 * @param state {@code tracestate}, which is handed on as it came
 */
public record TraceContext(String parent, @Nullable String state) {

    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final int LONGEST_PARENT = 255;
    private static final int LONGEST_STATE = 512;

    public TraceContext {
        if (parent.length() > LONGEST_PARENT || !PARENT.matcher(parent).matches()) {
            throw new IllegalArgumentException("not a traceparent: " + parent);
        }
        if (state != null && (state.isBlank() || state.length() > LONGEST_STATE || !isPrintable(state))) {
            state = null;
        }
    }

    /** What somebody sent; one that is not understood is as none, as the recommendation has it. */
    public static Optional<TraceContext> of(@Nullable String parent, @Nullable String state) {
        return parent == null
                        || parent.length() > LONGEST_PARENT
                        || !PARENT.matcher(parent).matches()
                ? Optional.empty()
                : Optional.of(new TraceContext(parent, state));
    }

    /** In one text, for stores. */
    public String encoded() {
        return state == null ? parent : parent + " " + state;
    }

    public static TraceContext decode(String text) {
        int blank = text.indexOf(' ');
        return blank < 0
                ? new TraceContext(text, null)
                : new TraceContext(text.substring(0, blank), text.substring(blank + 1));
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}
