package dev.pawl.engine.handler;

import dev.pawl.api.Retry;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.command.PostponeEntry.Answer;
import dev.pawl.engine.port.EventOutbox;
import java.time.Duration;
import java.util.Optional;

/** Spaces the attempts to relay an entry, and gives up on it in the end. */
final class PostponeEntryHandler implements Handler<PostponeEntry, PostponeEntry.Postponed> {

    private static final Retry SPACING =
            Retry.exponential(Integer.MAX_VALUE, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));
    private static final int LOOK_AT = 1_000;

    @Override
    public PostponeEntry.Postponed handle(PostponeEntry command, UnitOfWork work) {
        EventOutbox outbox = work.ports().outbox();
        Optional<EventOutbox.Entry> entry = outbox.lockDue(LOOK_AT, work.now()).stream()
                .filter(due -> FlushOutboxHandler.keyOf(due).equals(command.entry()))
                .findFirst();
        if (entry.isEmpty()) {
            return new PostponeEntry.Postponed(Answer.GONE);
        }
        int attempt = entry.get().attempts() + 1;
        if (attempt >= command.maxAttempts()) {
            outbox.bury(entry.get(), command.reason(), work.now());
            return new PostponeEntry.Postponed(Answer.DEAD);
        }
        outbox.postpone(entry.get(), work.now().plus(SPACING.delayAfter(attempt, 0)), command.reason());
        return new PostponeEntry.Postponed(Answer.POSTPONED);
    }
}
