package dev.pawl.engine.model.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a run starts under a limit, and what keeps it while it is not let in.
 *
 * @param isHeld whether it waits to be let in
 * @param tellsBegin whether the limit wants to know when it begins
 * @param reason in one word
 * @param until when it may be let in, if that is known
 */
public record Hold(
        boolean isHeld,
        boolean tellsBegin,
        String reason,
        String detail,
        @Nullable Instant until) {

    public Hold released() {
        return new Hold(false, tellsBegin, reason, detail, null);
    }

    public Hold begun() {
        return new Hold(false, false, reason, detail, null);
    }

    public Hold until(Instant time) {
        return new Hold(isHeld, tellsBegin, reason, detail, time);
    }

    /** One text for a column; the detail comes last because it may hold any character. */
    public String encoded() {
        return (isHeld ? "H" : "") + (tellsBegin ? "B" : "") + "|" + reason + "|" + (until == null ? "" : until) + "|"
                + detail;
    }

    public static @Nullable Hold decodeOrNull(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("\\|", 4);
        return new Hold(
                parts[0].contains("H"),
                parts[0].contains("B"),
                parts[1],
                parts[3],
                parts[2].isEmpty() ? null : Instant.parse(parts[2]));
    }
}
