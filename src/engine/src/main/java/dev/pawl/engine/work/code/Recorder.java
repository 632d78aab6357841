package dev.pawl.engine.work.code;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.command.ReportCode.Then;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a run's journal. Entries that nothing depends on yet wait for the next that has to be durable and are written
 * with it; what several branches record at the same time is written together. One report of a run is under way at a time,
 * each with the run as the one before left it.
 */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final CodeReports reports;
    private final CodeHost host;
    private final Assignment assignment;
    private final Journal journal;
    private final Figures figures;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Checkpoint> waiting = new ArrayList<>();
    private volatile boolean wantedByOthers;
    private Run run;

    /** @param assignment with the run as it was committed last */
    Recorder(CodeReports reports, CodeHost host, Assignment assignment, Journal journal, Figures figures) {
        this.reports = reports;
        this.host = host;
        this.assignment = assignment;
        this.journal = journal;
        this.figures = figures;
        this.run = assignment.run();
    }

    /** Adds an entry that is written with the next one that has to be durable. */
    void add(Checkpoint entry) {
        journal.add(entry);
        synchronized (waiting) {
            waiting.add(entry);
        }
    }

    /** As {@link #add}, of what others want to read: it is written before the next step runs. */
    void addForOthers(Checkpoint entry) {
        add(entry);
        wantedByOthers = true;
    }

    boolean isWantedByOthers() {
        return wantedByOthers;
    }

    /** Whether something waits to be written. */
    boolean isBehind() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** Adds an entry and returns when it is durable; empty when another thread's report held it. */
    Optional<Receipt> write(Checkpoint entry) {
        add(entry);
        return flush();
    }

    /** Writes what waits, if anything does. */
    Optional<Receipt> flush() {
        writing.lock();
        try {
            return isBehind() ? Optional.of(end(new Then.GoOn())) : Optional.empty();
        } finally {
            writing.unlock();
        }
    }

    /** Writes what waits and how the method goes on. */
    Receipt end(Then then) {
        writing.lock();
        try {
            return received(reports.report(report(drain(), then, true)));
        } catch (RuntimeException e) {
            LOG.warn("The journal of run {} could not be written; somebody takes the run up again later", run.id(), e);
            return new Receipt.Discarded("its journal could not be written: " + e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Runs user code in the transaction that records it.
     *
     * @param entry made of what the code returned
     */
    <T> Receipt writeWith(Supplier<T> work, Function<T, Checkpoint> entry) {
        List<Checkpoint> taken = new ArrayList<>();
        WithCode<T> last = new WithCode<>(taken, entry);
        try {
            Receipt receipt = reports.reportWith(work, last);
            journal.add(last.made());
            taken.clear();
            return received(receipt);
        } finally {
            if (writing.isHeldByCurrentThread()) {
                synchronized (waiting) {
                    waiting.addAll(0, taken);
                }
                writing.unlock();
            }
        }
    }

    /** The assignment with the run as it was committed last. */
    Assignment assignment() {
        return new Assignment(
                run,
                assignment.stepId(),
                assignment.attempt(),
                assignment.lease(),
                assignment.request(),
                assignment.previous());
    }

    private List<Checkpoint> drain() {
        synchronized (waiting) {
            List<Checkpoint> entries = List.copyOf(waiting);
            waiting.clear();
            wantedByOthers = false;
            return entries;
        }
    }

    private ReportCode report(List<Checkpoint> entries, Then then, boolean trustRun) {
        return new ReportCode(
                assignment(), entries, then, journal.awaited(), figures.take(), host.takeLines(), trustRun);
    }

    private Receipt received(Receipt receipt) {
        if (receipt instanceof Receipt.Recorded recorded) {
            run = recorded.run();
            recorded.settled().forEach(journal::add);
        }
        return receipt;
    }

    /** Makes the report of what user code returned; once more with every try of its transaction. */
    private final class WithCode<T> implements Function<T, ReportCode> {
        private final List<Checkpoint> taken;
        private final Function<T, Checkpoint> entry;
        private @Nullable ReportCode last;

        WithCode(List<Checkpoint> taken, Function<T, Checkpoint> entry) {
            this.taken = taken;
            this.entry = entry;
        }

        @Override
        public ReportCode apply(T result) {
            if (!writing.isHeldByCurrentThread()) {
                writing.lock();
            }
            if (last != null) {
                figures.giveBack(last.figures());
                last.log().forEach(host::write);
            }
            taken.addAll(drain());
            List<Checkpoint> entries = new ArrayList<>(taken);
            entries.add(entry.apply(result));
            last = report(entries, new Then.GoOn(), false);
            return last;
        }

        Checkpoint made() {
            if (last == null) {
                throw new IllegalStateException("The transaction was not reported");
            }
            return last.checkpoints().get(last.checkpoints().size() - 1);
        }
    }
}
