package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.Report;
import java.util.concurrent.CompletableFuture;

/** Writes reports. */
final class ReportDesk {

    private final CommandBus commands;
    private final WriteDesk desk;

    ReportDesk(CommandBus commands, WriteDesk desk) {
        this.commands = commands;
        this.desk = desk;
    }

    /** Returns when the report is committed; an exception means that it was not, as far as anybody knows. */
    <R> R report(Report<R> report) {
        Waiting<R> own = new Waiting<>(commands, report, new CompletableFuture<>());
        return desk.write(own, own.result());
    }

    private record Waiting<R>(CommandBus commands, Report<R> report, CompletableFuture<R> result)
            implements WriteDesk.Item {

        @Override
        public Envelope<?> envelope() {
            return Envelope.internal(report);
        }

        @Override
        public boolean isStart() {
            return false;
        }

        /** A refusal is its own report's matter; the others have their answers. */
        @Override
        public void answer(Outcome<?> outcome) {
            if (outcome instanceof Outcome.Refused<?> refused) {
                result.completeExceptionally(new RefusedException(refused.refusal()));
            } else {
                result.complete(report.resultType().cast(outcome.orThrow()));
            }
        }

        @Override
        public void fail(RuntimeException why) {
            result.completeExceptionally(why);
        }

        @Override
        public void again(RuntimeException why, boolean wasAlone) {
            try {
                answer(commands.execute(Envelope.internal(report.repeated())));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }
    }
}
