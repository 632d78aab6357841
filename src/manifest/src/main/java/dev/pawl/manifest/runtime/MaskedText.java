package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.MaskStrategy;

/** What is left of a value for those who may not see it. */
final class MaskedText {
    private static final String REDACTED = "***";
    private static final String HIDDEN_START = "****";
    private static final int SHOWN_DIGITS = 4;

    private MaskedText() {}

    static String of(String text, MaskStrategy strategy) {
        return switch (strategy.type()) {
            case REDACT -> REDACTED;
            case PARTIAL -> partial(text, parameter(strategy, 0), parameter(strategy, 1));
            case EMAIL -> email(text);
            case PHONE -> phone(text);
            case LAST4 ->
                text.length() > SHOWN_DIGITS
                        ? HIDDEN_START + text.substring(text.length() - SHOWN_DIGITS)
                        : HIDDEN_START;
        };
    }

    private static int parameter(MaskStrategy strategy, int index) {
        return index < strategy.params().size() ? strategy.params().get(index).intValue() : 0;
    }

    private static String partial(String text, int start, int end) {
        if (start + end >= text.length()) {
            return "*".repeat(text.length());
        }
        return text.substring(0, start) + "*".repeat(text.length() - start - end) + text.substring(text.length() - end);
    }

    private static String email(String text) {
        int at = text.indexOf('@');
        return at < 1 ? REDACTED : text.charAt(0) + REDACTED + text.substring(at);
    }

    private static String phone(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.length() < SHOWN_DIGITS
                ? REDACTED
                : "***-***-" + digits.substring(digits.length() - SHOWN_DIGITS);
    }
}
