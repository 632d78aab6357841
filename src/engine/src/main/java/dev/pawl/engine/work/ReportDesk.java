package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports that arrive at the same time in one transaction. A thread that finds a free desk writes its own report
 * and all that wait with it; a report that comes alone is written at once. What comes while every desk is taken is
 * written by whoever frees one.
 */
final class ReportDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);

    private final CommandBus commands;
    private final Executor executor;
    private final int together;
    private final Semaphore desks;
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();

    ReportDesk(CommandBus commands, Executor executor, WorkerSettings settings) {
        this.commands = commands;
        this.executor = executor;
        this.together = settings.reportsTogether();
        this.desks = new Semaphore(settings.reporters());
    }

    /** Returns when the report is committed; an exception means that it was not, as far as anybody knows. */
    <R> R report(Report<R> report) {
        Waiting<R> own = new Waiting<>(report, new CompletableFuture<>());
        queue.add(own);
        if (desks.tryAcquire()) {
            try {
                writeWaiting();
            } finally {
                desks.release();
            }
            if (!queue.isEmpty()) {
                serveElsewhere();
            }
        }
        return own.await();
    }

    /** A server that goes down takes no new task: what waits is written here then, and the own report stays answered. */
    private void serveElsewhere() {
        try {
            executor.execute(this::serve);
        } catch (RejectedExecutionException e) {
            LOG.debug("There is no thread for the reports that wait; they are written here", e);
            serve();
        }
    }

    /** Whoever frees a desk looks at the queue afterwards, so that no report is left behind. */
    private void serve() {
        while (!queue.isEmpty() && desks.tryAcquire()) {
            try {
                writeWaiting();
            } finally {
                desks.release();
            }
        }
    }

    private void writeWaiting() {
        List<Waiting<?>> batch = new ArrayList<>();
        Waiting<?> next = queue.poll();
        while (next != null) {
            batch.add(next);
            next = batch.size() < together ? queue.poll() : null;
        }
        if (batch.size() == 1) {
            batch.get(0).writeAlone(commands);
        } else if (!batch.isEmpty()) {
            writeTogether(batch);
        }
    }

    private void writeTogether(List<Waiting<?>> batch) {
        List<Outcome<?>> outcomes;
        try {
            outcomes = commands.executeTogether(
                    batch.stream().map(one -> Envelope.internal(one.report())).toList());
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
                if (version.trustRun()) {
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

        R await() {
            try {
                return result.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }
}
