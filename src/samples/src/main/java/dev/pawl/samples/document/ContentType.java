package dev.pawl.samples.document;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Type} header, read leniently: servers write all sorts of things there.
 *
 * @param essence type and subtype in lower case; empty when there is none
 * @param charset the character set, where one is named that this Java knows
 */
record ContentType(String essence, @Nullable Charset charset) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';\\s]+)", Pattern.CASE_INSENSITIVE);

    static ContentType of(@Nullable String header) {
        if (header == null) {
            return new ContentType("", null);
        }
        int end = header.indexOf(';');
        String essence = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET.matcher(header);
        return new ContentType(essence, charset.find() ? known(charset.group(1)) : null);
    }

    private static @Nullable Charset known(String name) {
        try {
            return Charset.isSupported(name) ? Charset.forName(name) : null;
        } catch (IllegalCharsetNameException notEvenAName) {
            // as good as not named: the bytes will tell
            return null;
        }
    }
}
