package dev.pawl.bench.measure;

import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.bench.stand.Stand;
import java.sql.SQLException;
import java.time.Duration;

/** Reads the counters of one stand before and after a piece of work. */
public final class Meter implements AutoCloseable {

    /** A connection that has become idle tells the database's statistics of its last commits within ten seconds. */
    private static final Duration STATISTICS_DELAY = Duration.ofSeconds(11);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Each part is answered by an index over open work, so that asking costs nothing while thousands of runs are finished. What
     * is due in more than an hour sleeps, and is no open work.
     */
    private static final String IS_AT_REST = "select not exists (select from pawl_run where claim_order is not null)"
            + " and not exists (select from pawl_step where due_at < now() + interval '1 hour')"
            + " and not exists (select from pawl_step where lease_owner is not null)"
            + " and not exists (select from pawl_outbox)";

    private final Observer observer;
    private final Counters counters;

    private Meter(Observer observer, Counters counters) {
        this.observer = observer;
        this.counters = counters;
    }

    public static Meter of(Stand stand) throws SQLException {
        Observer observer = new Observer(stand.observe());
        ProcessHandle server = ProcessHandle.of(stand.serverPid()).orElseThrow();
        return new Meter(observer, new Counters(observer, server, Stand.PRODUCT_USER, () -> messages(stand)));
    }

    /** Work whose cost is asked for. */
    @FunctionalInterface
    public interface Work {
        void perform();
    }

    /** Performs the work, waits until nothing is open and all events are relayed, and tells the cost. */
    public Cost measure(Work work, Duration patience) {
        awaitRest(patience);
        Pause.of(STATISTICS_DELAY);
        long commitsBefore = commits();
        long scannedBefore = scannedRows();
        Reading before = counters.read();
        long begin = System.nanoTime();
        work.perform();
        awaitRest(patience);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Reading during = counters.read().since(before);
        Pause.of(STATISTICS_DELAY);
        return new Cost(during, commits() - commitsBefore, scannedRows() - scannedBefore, took);
    }

    /** The same without what only the database's statistics tell, which come late. */
    public Reading count(Work work, Duration patience) {
        awaitRest(patience);
        return counters.count(() -> {
            work.perform();
            awaitRest(patience);
        });
    }

    /** Returns once no run is open and every event is relayed. */
    public void awaitRest(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!observer.isTrue(IS_AT_REST)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("there is still open work after " + patience + ": "
                        + observer.rows(
                                "select status || ' ' || count(*) from pawl_run group by status",
                                row -> row.getString(1)));
            }
            Pause.of(PAUSE);
        }
    }

    /** A view into the server's database that counts what it does itself. */
    public Observer observer() {
        return observer;
    }

    private static Messages messages(Stand stand) {
        try (JmsClient broker = stand.jms()) {
            return Messages.read(broker);
        }
    }

    /** Without our own, which the database does not tell from those of the server. */
    private long commits() {
        return observer.number("select xact_commit from pg_stat_database where datname = current_database()")
                - observer.transactions();
    }

    private long scannedRows() {
        return observer.number("select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables");
    }

    @Override
    public void close() throws SQLException {
        observer.close();
    }
}
