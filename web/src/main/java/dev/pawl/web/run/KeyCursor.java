package dev.pawl.web.run;

import dev.pawl.web.problem.RequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place after which a list in order of keys goes on: the last key shown, as an opaque text. */
final class KeyCursor {

    private KeyCursor() {}

    static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty at the beginning. */
    static String decode(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString()
                    // no key has one, and databases take none
                    .replace('\0', ' ');
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw RequestException.parameter("cursor", "the member next of the part before is expected");
        }
    }
}
