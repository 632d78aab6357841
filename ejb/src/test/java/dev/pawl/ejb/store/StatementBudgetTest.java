package dev.pawl.ejb.store;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.ListenerDeliveries;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the hot path costs in statements on PostgreSQL, whatever number of runs is in a transaction. */
class StatementBudgetTest {

    @RegisterExtension
    static final CountedDatabase database = new CountedDatabase();

    private static final CountedStatements statements = database.statements();
    private static final DatabaseFixture fixture = database.fixture();

    private static <T> T counted(int expected, Callable<T> work) throws Exception {
        statements.take();
        T result = fixture.inTransaction(work);
        List<String> executed = statements.take().stream()
                .flatMap(sent -> Stream.of(sent.split("; ")))
                .toList();
        assertThat(executed).as("statements").hasSize(expected);
        return result;
    }

    private static List<Run> saved(List<Run> runs) {
        fixture.runs().save(runs);
        return runs;
    }

    @Test
    void fiftyNewRunsAreTwoStatements() throws Exception {
        counted(2, () -> saved(SampleRuns.created(50)));
    }

    @Test
    void whatASaveWritesIsSentInOneGo() throws Exception {
        List<Run> known = SampleRuns.created(20);
        fixture.inTransaction(() -> saved(known));
        statements.take();
        fixture.inTransaction(() -> {
            List<Run> changed = known.stream().map(Run::committed).toList();
            changed.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(Stream.concat(changed.stream(), SampleRuns.created(20).stream())
                    .toList());
        });
        assertThat(statements.take()).hasSize(1);
    }

    @Test
    void lockingFiftyRunsWithTheirStepsIsOneStatement() throws Exception {
        List<Run> runs = SampleRuns.created(50);
        fixture.inTransaction(() -> saved(runs));
        List<RunId> ids = runs.stream().map(Run::id).toList();
        assertThat(counted(1, () -> fixture.runs().lock(ids))).hasSize(50);
    }

    @Test
    void claimingFiftyRunsIsFourStatements() throws Exception {
        fixture.inTransaction(() -> saved(SampleRuns.created(50)));
        List<Run> claimed = counted(4, () -> {
            List<Run> pending = fixture.runs().lockPending(50);
            pending.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(pending);
        });
        assertThat(claimed).hasSize(50).allMatch(run -> run.request().isPresent());
    }

    @Test
    void reportingOneStepOfFiftyRunsAndLeasingTheNextIsThreeStatements() throws Exception {
        fixture.inTransaction(() -> saved(SampleRuns.created(50)));
        List<Run> claimed = fixture.inTransaction(() -> {
            List<Run> pending = fixture.runs().lockPending(50);
            pending.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(pending);
        });
        counted(3, () -> {
            List<Run> kept = claimed.stream().map(Run::committed).toList();
            kept.forEach(run -> SampleRuns.next(run, "node#1"));
            return saved(kept);
        });
    }

    @Test
    void newAndChangedRunsTogetherAreFourStatements() throws Exception {
        List<Run> known = SampleRuns.created(20);
        fixture.inTransaction(() -> saved(known));
        counted(4, () -> {
            List<Run> changed = known.stream().map(Run::committed).toList();
            changed.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(Stream.concat(changed.stream(), SampleRuns.created(20).stream())
                    .toList());
        });
    }

    @Test
    void pickingIsOneStatementEach() throws Exception {
        fixture.inTransaction(() -> {
            List<Run> runs = SampleRuns.created(10);
            runs.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(runs);
        });
        var later = SampleRuns.NOW.plusSeconds(60);
        counted(1, () -> fixture.runs().lockDue(10, later));
        assertThat(counted(1, () -> fixture.runs().lockExpired(10, later))).hasSize(10);
        assertThat(counted(1, () -> fixture.runs().lockLeftBehind(10, "node", "node#2")))
                .hasSize(10);
        assertThat(counted(1, () -> fixture.runs().extendLeases("node#1", later)))
                .hasSize(10);
    }

    @Test
    @Tag("E-05")
    void readingARunWithItsStepsIsTwoStatements() throws Exception {
        List<Run> runs = SampleRuns.created(1);
        fixture.inTransaction(() -> {
            runs.forEach(run -> SampleRuns.start(run, "node#1"));
            return saved(runs);
        });
        assertThat(counted(
                        2, () -> fixture.queries().find("default", runs.get(0).id())))
                .hasValueSatisfying(run -> assertThat(run.stages()).hasSize(1));
    }

    @Test
    void relayingFiftyEntriesIsThreeStatementsAfterALook() throws Exception {
        fixture.inTransaction(() -> saved(SampleRuns.created(50)));
        List<EntryName> names = counted(1, () -> fixture.outbox().peek(OutboxLane.FRESH, 100, SampleRuns.NOW));
        EventOutbox.Batch relayed = counted(3, () -> {
            EventOutbox.Batch due = fixture.outbox().lock(names);
            fixture.outbox().delivered(due.names());
            return due;
        });
        assertThat(relayed.entries()).hasSize(50);
        counted(1, () -> fixture.outbox().peek(OutboxLane.LATE, 100, SampleRuns.NOW));
    }

    @Test
    void settingFiftyEntriesAsideIsFourStatements() throws Exception {
        List<Run> runs = SampleRuns.created(1);
        fixture.inTransaction(() -> saved(runs));
        Run run = runs.get(0).committed();
        for (int i = 0; i < 50; i++) {
            run.record("noted", SampleRuns.NOW, "c", "{}");
            Run changed = run;
            fixture.inTransaction(() -> saved(List.of(changed)));
            run = run.committed();
        }
        List<EntryName> names =
                fixture.inTransaction(() -> fixture.outbox().peek(OutboxLane.FRESH, 100, SampleRuns.NOW));
        fixture.inTransaction(() -> fixture.outbox().postpone(names.get(0), SampleRuns.NOW, "no"));

        assertThat(counted(4, () -> fixture.outbox().lock(names)).found()).isEqualTo(50);
    }

    @Test
    void takingEventsForAListenerIsTwoStatementsAndEachCallThatSucceedsOne() throws Exception {
        List<Run> runs = SampleRuns.created(20);
        fixture.inTransaction(() -> saved(runs));
        List<ListenerDeliveries.Pending> pending = runs.stream()
                .map(run -> new ListenerDeliveries.Pending(new DeliveryKey("l", run.id(), 1), 1))
                .toList();
        counted(1, () -> {
            fixture.deliveries().add(pending, SampleRuns.NOW);
            return pending;
        });
        counted(1, () -> fixture.deliveries().due(List.of("l"), SampleRuns.NOW));
        List<Delivery> taken = counted(
                2, () -> fixture.deliveries().take("l", 20, "node#1", SampleRuns.NOW, SampleRuns.NOW.plusSeconds(30)));
        assertThat(taken).hasSize(20);
        counted(1, () -> fixture.deliveries()
                .heard(new ListenerDeliveries.Hold(taken.get(0).key(), "node#1", 1), SampleRuns.NOW));
    }

    @Test
    @Tag("W-05")
    void publishingFiftyEventsIsTwoStatementsAndOneMoreWhereTheyAreTaken() throws Exception {
        List<PublishedEvent> events = events("paid");
        openWaits("{}");
        openWaits("{\"a\":1}");

        int taken = counted(3, () -> fixture.waits().publish(events, (wait, event) -> true, SampleRuns.NOW));
        assertThat(taken).isEqualTo(100);
        assertThat(counted(2, () -> fixture.waits().publish(events("later"), (wait, event) -> true, SampleRuns.NOW)))
                .isZero();
    }

    @Test
    @Tag("W-05")
    void deliveringWhatHasComeToFiftyRunsIsOneStatementOfEachKind() throws Exception {
        openWaits("{}");
        fixture.inTransaction(() -> fixture.waits().publish(events("paid"), (wait, event) -> true, SampleRuns.NOW));
        List<RunId> runs =
                IntStream.range(0, 50).mapToObj(i -> new RunId("run-" + i)).toList();
        Map<RunId, Set<Integer>> first = runs.stream().collect(toMap(run -> run, run -> Set.of(0)));

        List<Arrival> arrivals = counted(2, () -> {
            fixture.waits().ready(50);
            return fixture.waits().arrivals(runs);
        });
        assertThat(arrivals).hasSize(50);
        counted(2, () -> {
            fixture.journals().read(first);
            return fixture.journals().readShort(runs, 20);
        });
        counted(4, () -> {
            fixture.waits().delivered(arrivals.subList(0, 25));
            fixture.waits().close(first);
            return first;
        });
        assertThat(fixture.inTransaction(() -> fixture.waits().arrivals(runs))).isEmpty();
    }

    /** Of fifty runs, each for an event of its own. */
    private static void openWaits(String filter) throws Exception {
        fixture.inTransaction(() -> fixture.entityManager()
                .createNativeQuery("insert into pawl_wait (run_id, ordinal, place, tenant, event, correlation, filter)"
                        + " select 'run-' || i, length('" + filter + "') - 2, 0, 'default', 'paid', 'o' || i, '"
                        + filter
                        + "' from generate_series(0, 49) i")
                .executeUpdate());
    }

    private static List<PublishedEvent> events(String name) {
        return IntStream.range(0, 50)
                .mapToObj(i ->
                        new PublishedEvent("default", name + "-" + i, name, "o" + i, Payload.of("1"), SampleRuns.NOW))
                .toList();
    }

    @Test
    void anIdempotencyKeyIsTwoStatementsAndARepetitionOne() throws Exception {
        var key = new IdempotencyStore.Key("default", "run.create", "k");
        counted(2, () -> {
            fixture.keys().reserve(key, "hash", SampleRuns.NOW);
            fixture.keys().keep(key, "{}");
            return key;
        });
        assertThat(counted(1, () -> fixture.keys().reserve(key, "hash", SampleRuns.NOW)))
                .isPresent();
    }
}
