package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.EvaluationLimits;
import java.time.Duration;

/**
 * How a runtime behaves.
 *
 * @param deterministic refuses every effect, for replays and tests
 * @param reactions who runs the reactions to a command's events
 * @param maxReactionDepth how long a chain of reactions may get before its first command is refused
 * @param conflictRetries how often a command that stated no version is tried again after losing a race for its row
 * @param longestRetry how long after its first attempt a command is tried again at most, whatever it declares
 */
public record RuntimeOptions(
        Semantics semantics,
        EvaluationLimits limits,
        boolean deterministic,
        Reactions reactions,
        int maxReactionDepth,
        int conflictRetries,
        Duration longestRetry) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(
            Semantics.EXTENDED,
            EvaluationLimits.DEFAULT,
            false,
            Reactions.WITH_THE_COMMAND,
            10,
            3,
            Duration.ofSeconds(30));

    /** Who runs the reactions to a command's events. */
    public enum Reactions {
        /** The runtime, in the command's own unit of work. */
        WITH_THE_COMMAND,
        /** The host, which asks {@link ManifestRuntime#reactionsTo} for each event it delivers. */
        BY_THE_HOST
    }

    public RuntimeOptions withSemantics(Semantics changed) {
        return new RuntimeOptions(
                changed, limits, deterministic, reactions, maxReactionDepth, conflictRetries, longestRetry);
    }

    public RuntimeOptions withLimits(EvaluationLimits changed) {
        return new RuntimeOptions(
                semantics, changed, deterministic, reactions, maxReactionDepth, conflictRetries, longestRetry);
    }

    public RuntimeOptions withDeterministic(boolean changed) {
        return new RuntimeOptions(
                semantics, limits, changed, reactions, maxReactionDepth, conflictRetries, longestRetry);
    }

    public RuntimeOptions withReactions(Reactions changed) {
        return new RuntimeOptions(
                semantics, limits, deterministic, changed, maxReactionDepth, conflictRetries, longestRetry);
    }

    public RuntimeOptions withMaxReactionDepth(int changed) {
        return new RuntimeOptions(semantics, limits, deterministic, reactions, changed, conflictRetries, longestRetry);
    }

    public RuntimeOptions withLongestRetry(Duration changed) {
        return new RuntimeOptions(
                semantics, limits, deterministic, reactions, maxReactionDepth, conflictRetries, changed);
    }
}
