package dev.pawl.ejb.store;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunFilter;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Finished runs and those that wait cost nothing: with 20,000 of each in the tables, what a transaction of the hot path reads is counted by
 * PostgreSQL itself.
 */
@ParameterizedClass
@EnumSource(GrowthTest.Planner.class)
class GrowthTest {

    /** What the planner knows of the tables. */
    enum Planner {
        /** Tables filled a moment ago and not analyzed yet. */
        WITHOUT_STATISTICS,
        /** Plans made and kept while the tables held some open runs and nothing else, as on a new system. */
        WHILE_SMALL,
        /** The usual state, which needs no options. */
        WITH_STATISTICS
    }

    private static final int FINISHED = 20_000;
    private static final int OPEN = 20;

    /**
     * The driver prepares a statement in the database when it is executed for the fifth time, and from the sixth execution of that
     * on the database may keep a plan for any parameters.
     */
    private static final int UNTIL_PLANS_ARE_KEPT = 13;

    /** Rows a transaction may read for each open run it works on: the row, its steps, its events, and once more by index. */
    private static final int ROWS_PER_OPEN_RUN = 12;

    private static final AtomicInteger EVENTS = new AtomicInteger();

    @Parameter
    Planner planner;

    private static DatabaseFixture fixture;
    private static List<Run> open;

    @BeforeParameterizedClassInvocation
    static void fill(Planner planner) throws Exception {
        DataSource database =
                TestDatabase.postgres(planner == Planner.WITH_STATISTICS ? "" : TestDatabase.SESSION_OPTIONS);
        fixture = new DatabaseFixture(database);
        if (planner == Planner.WHILE_SMALL) {
            open();
            for (Callable<?> work : hotPath()) {
                for (int i = 0; i < UNTIL_PLANS_ARE_KEPT; i++) {
                    fixture.inTransaction(work);
                }
            }
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            insertFinished(statement);
            if (planner == Planner.WITH_STATISTICS) {
                statement.execute("analyze");
            }
        }
        if (planner != Planner.WHILE_SMALL) {
            open();
        }
    }

    private static void open() throws Exception {
        open = fixture.inTransaction(() -> {
            List<Run> runs = SampleRuns.created(OPEN);
            fixture.runs().save(runs);
            return runs;
        });
    }

    private static List<Callable<?>> hotPath() {
        return List.of(
                () -> fixture.runs().lockPending(OPEN),
                GrowthTest::lockAndSave,
                () -> fixture.runs().lockDue(10, SampleRuns.NOW),
                () -> fixture.runs().lockExpired(10, SampleRuns.NOW),
                () -> fixture.runs().lockLeftBehind(10, "node", "node#1"),
                () -> fixture.runs().extendLeases("node#1", SampleRuns.NOW),
                GrowthTest::relay,
                GrowthTest::publishAndDeliver);
    }

    /** Each run waits for an event of its own, which comes. */
    private static Object publishAndDeliver() {
        List<PublishedEvent> events = ids().stream()
                .map(run -> new PublishedEvent(
                        "default",
                        run + "-" + EVENTS.incrementAndGet(),
                        "called",
                        run.value(),
                        Payload.of("1"),
                        SampleRuns.NOW))
                .toList();
        Map<RunId, Set<Integer>> first = ids().stream().collect(toMap(run -> run, run -> Set.of(0)));
        fixture.waits()
                .open(events.stream()
                        .map(event -> new OpenWait(
                                new RunId(event.correlation()), 0, 0, event.channel(), OpenWait.NO_FILTER, null))
                        .toList());
        int taken = fixture.waits().publish(events, (wait, event) -> true, SampleRuns.NOW);
        assertThat(taken).isEqualTo(events.size());
        List<Arrival> arrivals = fixture.waits().arrivals(ids());
        fixture.journals().read(first);
        fixture.journals().readShort(ids(), 20);
        fixture.waits().delivered(arrivals.subList(0, taken / 2));
        fixture.waits().close(first);
        return arrivals;
    }

    private static Object lockAndSave() {
        var locked = fixture.runs().lock(ids()).values();
        locked.forEach(run -> run.record("noted", SampleRuns.NOW, "c", "{}"));
        fixture.runs().save(locked);
        return locked;
    }

    private static Object relay() {
        return fixture.outbox().lock(fixture.outbox().peek(OutboxLane.FRESH, OPEN, SampleRuns.NOW));
    }

    private static void insertFinished(Statement statement) throws SQLException {
        String numbers = " from generate_series(1, " + FINISHED + ") i";
        statement.execute(
                "insert into pawl_run (version, last_sequence, tokens, cost, started_at, completed_at, group_no,"
                        + " paused, status, created_at, workflow_version, priority, id, tenant, workflow_id, correlation_id,"
                        + " principal, metadata, config, input)"
                        + " select 5, 8, 0, 0, now(), now(), 2, false, 'COMPLETED', timestamptz '2026-01-01' + i * interval '1 s',"
                        + " 1, 5, 'old-' || i, 'default', 'three-steps', 'old-' || i, 'ann', '{}', '{}', '{}'"
                        + numbers);
        statement.execute("insert into pawl_step (cost, tokens, attempt, status, group_no, ordinal, priority, run_id,"
                + " step_id, name) select 0, 0, 1, 'COMPLETED', g, 0, 5, 'old-' || i, 's' || g, 's'" + numbers
                + ", generate_series(0, 2) g");
        statement.execute(
                "insert into pawl_event_chunk (run_id, first_sequence, last_sequence, occurred_at, causation_id,"
                        + " events) select 'old-' || i, g, g, now(), 'c', '[]'" + numbers
                        + ", generate_series(1, 5) g");
        statement.execute("insert into pawl_checkpoint (ordinal, occurrence, attempt, kind, status, started_at, cost,"
                + " tokens, run_id, branch, name) select g, 1, 1, 'STEP', 'COMPLETED', now(), 0, 0, 'old-' || i, '', 's'"
                + numbers + ", generate_series(0, 2) g");
        statement.execute(
                "insert into pawl_inbox (occurred_at, received_at, tenant, event_key, name, correlation, data)"
                        + " select now(), now(), 'default', 'old-' || i, 'called', 'old-' || i, '1'" + numbers);
        statement.execute("insert into pawl_wait (ordinal, place, run_id, tenant, event, correlation, filter)"
                + " select 0, 0, 'sleeping-' || i, 'default', 'called', 'sleeping-' || i, '{}'" + numbers);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        fixture.close();
    }

    /** Rows read from the tables of runs and of what they wait for, by full scans and by index. */
    private record Read(long scans, long rows) {}

    private static Read readBy(Callable<?> work) throws Exception {
        return fixture.inTransaction(() -> {
            EntityManager current = fixture.entityManager();
            Read before = read(current.unwrap(Connection.class));
            work.call();
            Read after = read(current.unwrap(Connection.class));
            return new Read(after.scans() - before.scans(), after.rows() - before.rows());
        });
    }

    private static Read read(Connection connection) throws SQLException {
        String sql = "select sum(t.seq_scan), sum(t.seq_tup_read) + sum(coalesce(t.idx_tup_fetch, 0))"
                + " from pg_stat_xact_user_tables t where relname in"
                + " ('pawl_run', 'pawl_step', 'pawl_event_chunk', 'pawl_checkpoint', 'pawl_inbox', 'pawl_wait')";
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return new Read(result.getLong(1), result.getLong(2));
        }
    }

    private static void assertReadsOpenWorkOnly(Callable<?> work) throws Exception {
        for (int i = 0; i < UNTIL_PLANS_ARE_KEPT; i++) {
            Read read = readBy(work);
            assertThat(read.scans()).as("full scans").isZero();
            assertThat(read.rows()).as("rows read").isLessThanOrEqualTo(OPEN * ROWS_PER_OPEN_RUN);
        }
    }

    private static List<RunId> ids() {
        return open.stream().map(Run::id).toList();
    }

    @Test
    void claimingReadsOpenRunsOnly() throws Exception {
        assertReadsOpenWorkOnly(() -> fixture.runs().lockPending(OPEN));
    }

    @Test
    void lockingAndSavingReadTheNamedRunsOnly() throws Exception {
        assertReadsOpenWorkOnly(GrowthTest::lockAndSave);
    }

    @Test
    void pickingDueAndExpiredStepsReadsOpenStepsOnly() throws Exception {
        assertReadsOpenWorkOnly(() -> fixture.runs().lockDue(10, SampleRuns.NOW));
        assertReadsOpenWorkOnly(() -> fixture.runs().lockExpired(10, SampleRuns.NOW));
        assertReadsOpenWorkOnly(() -> fixture.runs().lockLeftBehind(10, "node", "node#1"));
        assertReadsOpenWorkOnly(() -> fixture.runs().extendLeases("node#1", SampleRuns.NOW));
    }

    @Test
    void relayingReadsOpenEntriesOnly() throws Exception {
        assertReadsOpenWorkOnly(GrowthTest::relay);
    }

    @Test
    void eventsReadTheWaitsTheyAreForAndTheirRunsOnly() throws Exception {
        assertReadsOpenWorkOnly(GrowthTest::publishAndDeliver);
    }

    @Test
    void readingOneRunReadsNoOther() throws Exception {
        RunId id = open.get(0).id();
        assertReadsOpenWorkOnly(() -> fixture.queries().find("default", id));
        assertReadsOpenWorkOnly(() -> fixture.queries().events(id, 0, 100));
        assertReadsOpenWorkOnly(() -> fixture.runs().outputs(id));
        assertReadsOpenWorkOnly(() -> fixture.runs().requests(ids()));
        assertReadsOpenWorkOnly(() -> fixture.queries().statuses(ids()));
    }

    @Test
    void aPageOfAListReadsAPageOfRuns() throws Exception {
        assumeTrue(planner == Planner.WITH_STATISTICS, "lists are not on the hot path and may wait for statistics");
        RunFilter all = RunFilter.ofTenant("default");
        String middle = fixture.inTransaction(() -> fixture.queries().list(all, Optional.empty(), 100))
                .next();
        assertReadsOpenWorkOnly(() -> fixture.queries().list(all, Optional.empty(), 50));
        assertReadsOpenWorkOnly(() -> fixture.queries().list(all, Optional.ofNullable(middle), 50));
        assertReadsOpenWorkOnly(() -> fixture.queries()
                .list(
                        new RunFilter("default", null, Set.of(RunStatus.COMPLETED), "old-17", null, null, null),
                        Optional.empty(),
                        50));
    }
}
