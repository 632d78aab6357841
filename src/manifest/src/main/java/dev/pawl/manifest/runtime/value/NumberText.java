package dev.pawl.manifest.runtime.value;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text the way JavaScript writes and reads them: {@code 1} for a whole double, {@code 1e+21} for a large one. */
public final class NumberText {
    private static final double WHOLE_LIMIT = 1e21;
    private static final int SHORTEST_DIGITS = 15;
    private static final int EXACT_DIGITS = 17;
    private static final int MIN_PLAIN_EXPONENT = -6;
    private static final int MAX_PLAIN_EXPONENT = 21;

    private NumberText() {}

    public static String of(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        if (number == 0) {
            return "0";
        }
        if (number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
            return Long.toString((long) number);
        }
        BigDecimal shortest = shortest(number).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale();
        if (Math.abs(number) < WHOLE_LIMIT && exponent > MIN_PLAIN_EXPONENT && exponent <= MAX_PLAIN_EXPONENT) {
            return shortest.toPlainString();
        }
        return scientific(shortest, exponent - 1);
    }

    /** Reads what {@code Number(text)} reads; anything else is NaN, the empty text is 0. */
    public static double parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (trimmed.startsWith("0x") || trimmed.startsWith("0X")) {
            return parseHex(trimmed.substring(2));
        }
        switch (trimmed) {
            case "Infinity", "+Infinity":
                return Double.POSITIVE_INFINITY;
            case "-Infinity":
                return Double.NEGATIVE_INFINITY;
            default:
                return looksDecimal(trimmed) ? Double.parseDouble(trimmed) : Double.NaN;
        }
    }

    private static double parseHex(String digits) {
        double number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) {
                return Double.NaN;
            }
            number = number * 16 + digit;
        }
        return digits.isEmpty() ? Double.NaN : number;
    }

    private static boolean looksDecimal(String text) {
        int i = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int digits = 0;
        boolean dot = false;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !dot) {
                dot = true;
            } else {
                break;
            }
        }
        return digits > 0 && (i == text.length() || looksExponent(text, i));
    }

    private static boolean looksExponent(String text, int from) {
        char e = text.charAt(from);
        if (e != 'e' && e != 'E') {
            return false;
        }
        int i = from + 1;
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int first = i;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i > first && i == text.length();
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = SHORTEST_DIGITS; digits < EXACT_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded;
            }
        }
        return exact.round(new MathContext(EXACT_DIGITS));
    }

    private static String scientific(BigDecimal number, int exponent) {
        String digits = number.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder();
        if (number.signum() < 0) {
            text.append('-');
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        return text.append(exponent < 0 ? "e-" : "e+")
                .append(Math.abs(exponent))
                .toString();
    }
}
