package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.port.DeadLetters;

/** Puts dead letters back and rings for those who deliver them. */
final class ReplayDeadLettersHandler implements Handler<ReplayDeadLetters, ReplayDeadLetters.Replayed> {

    @Override
    public ReplayDeadLetters.Replayed handle(ReplayDeadLetters command, UnitOfWork work) {
        int replayed = work.ports()
                .deadLetters()
                .replay(
                        new DeadLetters.Selection(
                                work.caller().tenant(), command.runId(), command.workflowId(), command.listener()),
                        command.max(),
                        work.now());
        if (replayed > 0) {
            work.ports().afterCommit().run(() -> {
                work.ports().doorbell().events();
                work.ports().doorbell().deliveries();
            });
        }
        return new ReplayDeadLetters.Replayed(replayed);
    }
}
