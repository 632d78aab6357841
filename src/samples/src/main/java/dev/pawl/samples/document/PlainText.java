package dev.pawl.samples.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes plain text: by its byte order mark, else as its server said, else as UTF-8, else as Windows-1252. */
final class PlainText {

    private PlainText() {}

    static String of(byte[] body, @Nullable Charset declared) {
        Charset marked = byteOrderMark(body);
        if (marked != null) {
            return new String(body, marked);
        }
        if (declared != null) {
            return new String(body, declared);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            // what browsers take old western text for; every byte has a meaning in it
            return new String(body, Charset.forName("windows-1252"));
        }
    }

    private static @Nullable Charset byteOrderMark(byte[] body) {
        if (startsWith(body, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(body, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        return startsWith(body, 0xff, 0xfe) ? StandardCharsets.UTF_16LE : null;
    }

    private static boolean startsWith(byte[] body, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= body.length || (body[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
