package dev.pawl.engine.handler;

import dev.pawl.api.Retry;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.command.PostponeEntry.Answer;
import dev.pawl.engine.port.EventOutbox;
import java.time.Duration;

/** Spaces the attempts to relay an entry, and gives up on it in the end. */
final class PostponeEntryHandler implements Handler<PostponeEntry, PostponeEntry.Postponed> {

    private static final Retry SPACING =
            Retry.exponential(Integer.MAX_VALUE, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    @Override
    public PostponeEntry.Postponed handle(PostponeEntry command, UnitOfWork work) {
        EventOutbox outbox = work.ports().outbox();
        var entry = new EventOutbox.Waiting(command.entry(), command.attempts());
        int failed = command.attempts() + 1;
        Answer answer;
        if (failed >= command.maxAttempts()) {
            answer = outbox.bury(entry, command.reason(), work.now()) ? Answer.DEAD : Answer.GONE;
        } else {
            var due = work.now().plus(SPACING.delayAfter(failed, 0));
            answer = outbox.postpone(entry, due, command.reason()) ? Answer.POSTPONED : Answer.GONE;
        }
        return new PostponeEntry.Postponed(answer);
    }
}
