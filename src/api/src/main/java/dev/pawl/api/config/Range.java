package dev.pawl.api.config;

import dev.pawl.api.InvalidMemberException;
import java.time.Duration;

/** Checks components against their ranges, ends included. */
final class Range {

    private Range() {}

    static void check(String member, double value, double least, double most) {
        // a NaN lies nowhere
        if (!(value >= least && value <= most)) {
            throw new InvalidMemberException(
                    member, "lies between " + plain(least) + " and " + plain(most) + ", was " + plain(value));
        }
    }

    static void check(String member, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidMemberException(member, "lies between " + least + " and " + most + ", was " + value);
        }
    }

    static void check(String member, Duration value, Duration least, Duration most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidMemberException(member, "lies between " + least + " and " + most + ", was " + value);
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && !Double.isInfinite(value)
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
