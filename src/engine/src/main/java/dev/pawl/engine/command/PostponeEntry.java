package dev.pawl.engine.command;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import java.util.Optional;

/**
 * Puts an entry off that the sink did not take, or makes it a dead letter after too many attempts.
 *
 * @param maxAttempts after which it is a dead letter
 */
public record PostponeEntry(EntryName entry, String reason, int maxAttempts)
        implements Command<PostponeEntry.Postponed> {

    public enum Answer {
        POSTPONED,
        DEAD,
        /** Somebody else relayed it meanwhile, or is about to. */
        GONE
    }

    /** @param entry which it was, unless it is gone */
    public record Postponed(Answer answer, Optional<EntryKey> entry) {}

    @Override
    public String type() {
        return "outbox.postpone";
    }

    @Override
    public Class<Postponed> resultType() {
        return Postponed.class;
    }
}
