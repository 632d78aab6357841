package dev.pawl.api;

/**
 * How branches go on side by side.
 *
 * @param atMost branches that have begun and not ended, waiting ones included; 0 for all of them
 */
public record ParallelOptions(int atMost) {

    public static final ParallelOptions ALL = new ParallelOptions(0);

    public ParallelOptions {
        if (atMost < 0) {
            throw new IllegalArgumentException("atMost must not be negative, was " + atMost);
        }
    }

    public static ParallelOptions atMost(int branches) {
        return new ParallelOptions(branches);
    }
}
