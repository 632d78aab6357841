package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.Report;
import dev.pawl.engine.port.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports that arrive at the same time in one transaction. */
final class ReportDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);

    private final CommandBus commands;
    private final SharedDesk<Waiting<?>> desk;

    ReportDesk(CommandBus commands, Executor executor, WorkerSettings settings) {
        this.commands = commands;
        this.desk = new SharedDesk<>(executor, settings.reportsTogether(), settings.reporters(), this::write);
    }

    /** Returns when the report is committed; an exception means that it was not, as far as anybody knows. */
    <R> R report(Report<R> report) {
        Waiting<R> own = new Waiting<>(report, new CompletableFuture<>());
        desk.add(own);
        return SharedDesk.await(own.result());
    }

    private void write(List<Waiting<?>> batch) {
        if (batch.size() == 1) {
            batch.get(0).writeAlone(commands);
        } else {
            writeTogether(batch);
        }
    }

    private void writeTogether(List<Waiting<?>> batch) {
        List<Outcome<?>> outcomes;
        try {
            outcomes = commands.executeTogether(
                    batch.stream().map(one -> Envelope.internal(one.report())).toList());
        } catch (StoreUnavailableException e) {
            // each reporter repeats its own, and knows that nobody knows
            batch.forEach(one -> one.result().completeExceptionally(e));
            return;
        } catch (RuntimeException e) {
            LOG.debug("{} reports could not be written together and are written one by one", batch.size(), e);
            batch.forEach(one -> one.writeAgain(commands));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(outcomes.get(i));
        }
    }

    private record Waiting<R>(Report<R> report, CompletableFuture<R> result) {

        void writeAlone(CommandBus commands) {
            write(commands, report);
        }

        void writeAgain(CommandBus commands) {
            write(commands, report.repeated());
        }

        private void write(CommandBus commands, Report<R> version) {
            try {
                result.complete(commands.execute(Envelope.internal(version)).orThrow());
            } catch (RuntimeException e) {
                if (version.trustRun() && !(e instanceof StoreUnavailableException)) {
                    write(commands, version.repeated());
                } else {
                    result.completeExceptionally(e);
                }
            }
        }

        /** A refusal is its own report's matter; the others have their answers. */
        void answer(Outcome<?> outcome) {
            if (outcome instanceof Outcome.Refused<?> refused) {
                result.completeExceptionally(new RefusedException(refused.refusal()));
            } else {
                result.complete(report.resultType().cast(outcome.orThrow()));
            }
        }
    }
}
