package dev.pawl.web;

import dev.pawl.web.problem.RequestException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; one that cannot be read is refused by its name. */
public final class TextParameter {

    private static final int LONGEST = 1_000;

    private TextParameter() {}

    /** A text of a sensible length without control characters, or null when it is absent or empty. */
    public static @Nullable String text(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw RequestException.parameter(
                    name, "at most " + LONGEST + " characters are expected, and no control characters");
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public static boolean flag(String name, @Nullable String value, boolean absent) {
        if (value == null || value.isEmpty()) {
            return absent;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw RequestException.parameter(name, "true or false is expected");
    }

    /** A whole number within bounds. */
    public static long number(String name, @Nullable String value, long absent, long least, long most) {
        if (value == null || value.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with what is out of bounds
        }
        throw RequestException.parameter(name, "a whole number from " + least + " to " + most + " is expected");
    }

    /** An ISO-8601 instant; other offsets than UTC are understood. */
    public static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw RequestException.parameter(name, "an ISO-8601 time such as 2026-01-31T08:30:00Z is expected");
        }
    }

    /** An ISO-8601 duration of zero or more; absent is zero. */
    public static Duration duration(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // said below, together with what is negative
        }
        throw RequestException.parameter(name, "an ISO-8601 duration such as PT30S is expected");
    }
}
