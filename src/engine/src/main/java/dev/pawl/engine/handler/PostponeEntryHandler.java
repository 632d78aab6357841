package dev.pawl.engine.handler;

import dev.pawl.api.Retry;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.command.PostponeEntry.Answer;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.port.EventOutbox;
import java.time.Duration;
import java.util.Optional;

/** Spaces the attempts to relay an entry, and gives up on it in the end. */
final class PostponeEntryHandler implements Handler<PostponeEntry, PostponeEntry.Postponed> {

    private static final Retry SPACING =
            Retry.exponential(Integer.MAX_VALUE, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    @Override
    public PostponeEntry.Postponed handle(PostponeEntry command, UnitOfWork work) {
        EventOutbox outbox = work.ports().outbox();
        int failed = command.entry().attempts() + 1;
        boolean isLast = failed >= command.maxAttempts();
        Optional<EntryKey> entry = isLast
                ? outbox.bury(command.entry(), command.reason(), work.now())
                : outbox.postpone(command.entry(), work.now().plus(SPACING.delayAfter(failed, 0)), command.reason());
        Answer there = isLast ? Answer.DEAD : Answer.POSTPONED;
        return new PostponeEntry.Postponed(entry.isPresent() ? there : Answer.GONE, entry);
    }
}
