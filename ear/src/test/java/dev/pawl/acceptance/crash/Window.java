package dev.pawl.acceptance.crash;

import java.util.Arrays;
import java.util.List;

/**
 * A moment in the life of a transaction branch, seen from the transaction manager's side.
 *
 * <p>With two branches the decision falls between the last {@code AFTER_PREPARE} and the first
 * {@code BEFORE_COMMIT}; the second branch's {@code BEFORE_COMMIT} lies between the commits.
 */
public record Window(Participant participant, Moment moment) {

    /** Who takes part in the transaction. */
    public enum Participant {
        DATABASE,
        BROKER
    }

    /** Where the branch stands. */
    public enum Moment {
        BEFORE_PREPARE,
        AFTER_PREPARE,
        BEFORE_COMMIT,
        AFTER_COMMIT,
        /** The branch is alone and commits without being prepared. */
        BEFORE_ONLY_COMMIT,
        AFTER_ONLY_COMMIT;

        /** Whether the transaction manager has decided to commit by then, if there are two branches. */
        public boolean afterDecision() {
            return this == BEFORE_COMMIT || this == AFTER_COMMIT;
        }
    }

    /** Every window of a transaction with two branches. */
    public static List<Window> ofTwoPhases() {
        return Arrays.stream(Participant.values())
                .flatMap(participant -> Arrays.stream(Moment.values())
                        .filter(moment -> moment.compareTo(Moment.AFTER_COMMIT) <= 0)
                        .map(moment -> new Window(participant, moment)))
                .toList();
    }

    /** The name of the file that arms it. */
    String fileName() {
        return participant + "." + moment;
    }

    @Override
    public String toString() {
        return fileName();
    }
}
