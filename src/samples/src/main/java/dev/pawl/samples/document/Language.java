package dev.pawl.samples.document;

import java.util.Locale;

/**
 * The language of a text.
 *
 * @param code of ISO 639-1, or of ISO 639-3 where the former has none; {@code und} when undetermined
 * @param confidence from 0 to 1; 0 when undetermined
 */
public record Language(String code, double confidence) {

    public static final Language UNDETERMINED = new Language("und", 0);

    public Language {
        if (!code.matches("[a-z]{2,3}")) {
            throw new IllegalArgumentException("A language code is of two or three small letters, but is " + code);
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("A confidence is between 0 and 1, but is " + confidence);
        }
    }

    Locale locale() {
        return equals(UNDETERMINED) ? Locale.ROOT : Locale.forLanguageTag(code);
    }
}
