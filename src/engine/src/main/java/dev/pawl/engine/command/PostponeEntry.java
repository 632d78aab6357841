package dev.pawl.engine.command;

import dev.pawl.engine.model.EntryKey;

/**
 * Puts an entry off that the sink did not take, or makes it a dead letter after too many attempts.
 *
 * @param attempts failed before this one
 * @param maxAttempts after which it is a dead letter
 */
public record PostponeEntry(EntryKey entry, int attempts, String reason, int maxAttempts)
        implements Command<PostponeEntry.Postponed> {

    public enum Answer {
        POSTPONED,
        DEAD,
        /** Somebody else relayed it meanwhile, or is about to. */
        GONE
    }

    public record Postponed(Answer answer) {}

    @Override
    public String type() {
        return "outbox.postpone";
    }

    @Override
    public Class<Postponed> resultType() {
        return Postponed.class;
    }
}
