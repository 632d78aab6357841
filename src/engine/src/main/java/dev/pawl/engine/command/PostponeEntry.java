package dev.pawl.engine.command;

/** Puts an entry off that the sink did not take, or makes it a dead letter after too many attempts. */
public record PostponeEntry(OutboxEntryKey entry, String reason, int maxAttempts)
        implements Command<PostponeEntry.Postponed> {

    public enum Answer {
        POSTPONED,
        DEAD,
        /** Somebody else relayed it meanwhile. */
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
