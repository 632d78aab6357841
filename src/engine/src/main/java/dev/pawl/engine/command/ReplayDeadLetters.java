package dev.pawl.engine.command;

import dev.pawl.api.InvalidMemberException;
import dev.pawl.engine.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Puts the oldest dead letters of the caller's tenant back among what is to be delivered, as if they had never been tried.
 * They keep their sequence and come after what was delivered since.
 *
 * @param runId only those of this run
 * @param workflowId only those of runs of this workflow
 * @param listener only those of this listener; the empty text stands for the topic
 */
public record ReplayDeadLetters(
        int max,
        @Nullable RunId runId,
        @Nullable String workflowId,
        @Nullable String listener) implements Command<ReplayDeadLetters.Replayed> {

    public record Replayed(int replayed) {}

    public ReplayDeadLetters {
        BatchSize.of("max", max);
        checkPlain("workflowId", workflowId);
        checkPlain("listener", listener);
    }

    private static void checkPlain(String member, @Nullable String value) {
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidMemberException(member, "has control characters");
        }
    }

    /** @param max absent: the usual size of a batch */
    public static ReplayDeadLetters of(
            @Nullable Integer max, @Nullable RunId runId, @Nullable String workflowId, @Nullable String listener) {
        return new ReplayDeadLetters(BatchSize.of("max", max), runId, workflowId, listener);
    }

    public static ReplayDeadLetters oldest(int max) {
        return new ReplayDeadLetters(max, null, null, null);
    }

    @Override
    public String type() {
        return "plugin.replayDLQ";
    }

    @Override
    public Class<Replayed> resultType() {
        return Replayed.class;
    }
}
