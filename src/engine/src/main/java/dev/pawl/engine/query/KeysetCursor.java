package dev.pawl.engine.query;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The place after which a list goes on: time and id of the last item shown. Its text is opaque to callers.
 *
 * @param at with microseconds, which is what stores keep
 */
public record KeysetCursor(Instant at, String id) {

    public String encoded() {
        String text = at + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when the text is not a cursor */
    public static KeysetCursor decode(String encoded) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (space > 0) {
                return new KeysetCursor(Instant.parse(text.substring(0, space)), text.substring(space + 1));
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + encoded + "' is not a cursor", e);
        }
        throw new IllegalArgumentException("'" + encoded + "' is not a cursor");
    }
}
