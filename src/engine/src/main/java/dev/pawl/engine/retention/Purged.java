package dev.pawl.engine.retention;

/**
 * What was removed because of its age.
 *
 * @param runs with all that belonged to them
 * @param keys of commands
 * @param deadLetters that nobody replayed
 * @param logLines of runs that stay
 * @param others what is kept outside of runs: events from outside, and approvals for instance
 * @param more whether there may be more to remove now
 */
public record Purged(int runs, int keys, int deadLetters, int logLines, int others, boolean more) {

    static final Purged NOTHING = new Purged(0, 0, 0, 0, 0, false);

    Purged plus(Purged other) {
        return new Purged(
                runs + other.runs,
                keys + other.keys,
                deadLetters + other.deadLetters,
                logLines + other.logLines,
                others + other.others,
                more);
    }

    Purged withMore(boolean value) {
        return new Purged(runs, keys, deadLetters, logLines, others, value);
    }
}
