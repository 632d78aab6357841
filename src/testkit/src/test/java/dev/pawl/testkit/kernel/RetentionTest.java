package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.Aged;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.NewTransaction;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.retention.Ages;
import dev.pawl.engine.retention.Purged;
import dev.pawl.engine.retention.Retention;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J-09")
class RetentionTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<Duration> OFF = Optional.empty();
    private static final int BATCH = 10;

    private final ManualClock clock = new ManualClock();
    private final InMemoryDatabase database = new InMemoryDatabase(clock);
    private final List<Integer> removedTogether = new ArrayList<>();
    private final List<Aged> aged = new ArrayList<>();
    private int transactions;

    @BeforeEach
    void begin() {
        clock.set(BEGIN);
    }

    private static Optional<Duration> days(int days) {
        return Optional.of(Duration.ofDays(days));
    }

    private Retention retention(Ages ages, Attached... more) {
        List<Attached> attached = new ArrayList<>(database.attached());
        attached.addAll(List.of(more));
        attached.add((runs, most) -> {
            removedTogether.add(runs.size());
            return 0;
        });
        NewTransaction counted = new NewTransaction() {
            @Override
            public <T> T call(Supplier<T> work) {
                transactions++;
                return inTransaction(work::get);
            }
        };
        return new Retention(database.retention(), attached, aged, counted, clock, ages, BATCH);
    }

    private Retention retention(int completed, int failed) {
        return retention(new Ages(days(completed), days(failed), OFF, OFF, OFF, OFF, OFF));
    }

    private <T> T inTransaction(Callable<T> work) {
        try {
            return database.inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private RunId run(String name) {
        RunId id = new RunId(name);
        inTransaction(() -> {
            RunHeader header = new RunHeader(id, "default", "flow", 1, 5, name, "ann", null, clock.now());
            Run run = Run.create(header, new RunRequest(Payload.of("{}"), "{}", "{}"));
            run.start(clock.now());
            run.open(0, List.of(StepState.pending("a", "a", StepKind.STAGE, 0, 0, clock.now())));
            database.runs().save(List.of(run));
            return true;
        });
        return id;
    }

    private RunId finished(String name, RunStatus as) {
        RunId id = run(name);
        inTransaction(() -> {
            Run run = database.runs().lock(List.of(id)).get(id);
            run.lease("a", new Lease("t", "node#1", clock.now()), clock.now());
            run.completeStep("a", Payload.of("1"), StepFigures.NONE, clock.now());
            if (as == RunStatus.COMPLETED) {
                run.complete(Payload.of("1"), clock.now());
            } else {
                run.fail(Failure.of("X", "x"), clock.now());
            }
            database.runs().save(List.of(run));
            return true;
        });
        return id;
    }

    private void completed(int count) {
        for (int i = 0; i < count; i++) {
            finished("done-%03d".formatted(i), RunStatus.COMPLETED);
        }
    }

    private List<String> left() {
        return database.queries().list(RunFilter.ofTenant("default"), Optional.empty(), 1_000).items().stream()
                .map(RunView::id)
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    @Test
    void eachStatusHasItsAgeCountedFromTheEndOfTheRun() {
        Retention retention = retention(10, 20);
        run("open");
        RunId late = run("late");
        finished("done", RunStatus.COMPLETED);
        finished("failed", RunStatus.FAILED);

        clock.advance(Duration.ofDays(10));
        assertThat(retention.purge(5).runs()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(retention.purge(5)).isEqualTo(new Purged(1, 0, 0, 0, 0, false));
        assertThat(left()).containsExactly("failed", "late", "open");
        clock.advance(Duration.ofDays(10));
        assertThat(retention.purge(5).runs()).isEqualTo(1);

        inTransaction(() -> {
            Run run = database.runs().lock(List.of(late)).get(late);
            run.cancel(Failure.of("X", "x"), clock.now());
            database.runs().save(List.of(run));
            return true;
        });
        clock.advance(Duration.ofDays(1_000));
        assertThat(retention.purge(5).runs()).isZero();
        assertThat(left()).containsExactly("late", "open");
    }

    @Test
    void manyRunsGoInBatchesOfOneTransactionEach() {
        completed(35);
        clock.advance(Duration.ofDays(2));

        assertThat(retention(1, 1).sweep().runs()).isEqualTo(35);
        assertThat(left()).isEmpty();
        assertThat(removedTogether).containsExactly(10, 10, 10, 5);
    }

    @Test
    void aCallThatMayNotFinishSaysSoAndTheNextOneGoesOnBehindWhatStays() {
        run("a-stays");
        completed(25);
        clock.advance(Duration.ofDays(2));
        Retention retention = retention(1, 1);

        assertThat(retention.purge(1)).isEqualTo(new Purged(10, 0, 0, 0, 0, true));
        assertThat(retention.purge(1)).isEqualTo(new Purged(10, 0, 0, 0, 0, true));
        assertThat(retention.purge(1)).isEqualTo(new Purged(5, 0, 0, 0, 0, false));
        assertThat(left()).containsExactly("a-stays");
        assertThat(retention.purge(1)).isEqualTo(new Purged(0, 0, 0, 0, 0, false));
    }

    @Test
    void aRunWithMoreThanFitsIntoATransactionGoesInSeveralAndLast() {
        RunId run = finished("large", RunStatus.COMPLETED);
        List<RunLog.Line> lines = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            lines.add(new RunLog.Line(run, clock.now(), "INFO", "a", 1, "line " + i, "{}"));
        }
        inTransaction(() -> {
            database.log().append(lines);
            return true;
        });
        clock.advance(Duration.ofDays(2));
        Retention retention = retention(1, 1);

        assertThat(retention.purge(2)).isEqualTo(new Purged(0, 0, 0, 0, 0, true));
        assertThat(left()).containsExactly("large");
        assertThat(retention.purge(2)).isEqualTo(new Purged(1, 0, 0, 0, 0, false));
        assertThat(database.queries().logs(run, Optional.empty(), 1).items()).isEmpty();
    }

    @Test
    void aFailingPortionIsTakenBackAndMadeAgainNextTime() {
        completed(5);
        clock.advance(Duration.ofDays(2));
        boolean[] fails = {true};
        Attached moody = (runs, most) -> {
            if (fails[0]) {
                throw new IllegalStateException("not now");
            }
            return 0;
        };
        Retention retention = retention(new Ages(days(1), OFF, OFF, OFF, OFF, OFF, OFF), moody);

        assertThatThrownBy(retention::sweep).hasMessage("not now");
        assertThat(left()).hasSize(5);
        fails[0] = false;
        assertThat(retention.sweep().runs()).isEqualTo(5);
    }

    @Test
    void oldLogLinesOfRunsThatStayGoByTheirOwnAge() {
        RunId open = run("open");
        inTransaction(() -> {
            database.log()
                    .append(List.of(
                            new RunLog.Line(open, clock.now(), "INFO", "a", 1, "old", "{}"),
                            new RunLog.Line(
                                    open, clock.now().plus(Duration.ofDays(5)), "INFO", "a", 1, "young", "{}")));
            return true;
        });
        clock.advance(Duration.ofDays(6));
        Retention retention = retention(new Ages(OFF, OFF, OFF, OFF, OFF, days(3), OFF));

        assertThat(retention.purge(5)).isEqualTo(new Purged(0, 0, 0, 1, 0, false));
        assertThat(database.queries().logs(open, Optional.empty(), 10).items()).hasSize(1);
    }

    @Test
    void oldEventsAreForgottenTakenOrNot() {
        publish("kept");
        clock.advance(Duration.ofDays(6));
        publish("young");
        Retention retention = retention(new Ages(OFF, OFF, OFF, OFF, OFF, OFF, days(3)));

        assertThat(retention.purge(5)).isEqualTo(new Purged(0, 0, 0, 0, 1, false));
        assertThat(retention.purge(5)).isEqualTo(new Purged(0, 0, 0, 0, 0, false));
    }

    private void publish(String key) {
        PublishedEvent event = new PublishedEvent("default", key, "paid", "", Payload.of("1"), clock.now());
        inTransaction(() -> database.waits().publish(List.of(event), (wait, one) -> true, clock.now()));
    }

    @Test
    void whatHasNoAgeIsNotEvenLookedFor() {
        completed(1);
        clock.advance(Duration.ofDays(10_000));
        Ages none = new Ages(Optional.of(Duration.ZERO), OFF, OFF, OFF, OFF, OFF, OFF);

        assertThat(retention(none).sweep()).isEqualTo(new Purged(0, 0, 0, 0, 0, false));
        assertThat(left()).hasSize(1);
    }

    @Test
    void aClosedRetentionBeginsNothing() {
        completed(5);
        clock.advance(Duration.ofDays(2));
        Retention retention = retention(1, 1);
        retention.close();

        assertThat(retention.sweep().runs()).isZero();
        assertThat(transactions).isZero();
    }

    @Test
    void anAgeInThePastIsRefused() {
        assertThatThrownBy(() -> new Ages(days(-1), OFF, OFF, OFF, OFF, OFF, OFF))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsKeptOutsideOfRunsGoesByItsOwnAgeInPortions() {
        List<Instant> asked = new ArrayList<>();
        aged.add(things("broken", days(1), before -> {
            throw new IllegalStateException("made up by the test");
        }));
        aged.add(things("kept for ever", OFF, before -> {
            throw new AssertionError("nobody asked");
        }));
        aged.add(things("old", days(2), before -> {
            asked.add(before);
            return asked.size() == 1 ? 5_000 : 7;
        }));

        assertThat(retention(1, 1).purge(1)).isEqualTo(new Purged(0, 0, 0, 0, 5_000, true));
        assertThat(retention(1, 1).purge(5)).isEqualTo(new Purged(0, 0, 0, 0, 7, false));
        assertThat(asked).containsOnly(BEGIN.minus(Duration.ofDays(2)));
    }

    private static Aged things(String what, Optional<Duration> age, Function<Instant, Integer> remove) {
        return new Aged() {
            @Override
            public String what() {
                return what;
            }

            @Override
            public Optional<Duration> age() {
                return age;
            }

            @Override
            public int remove(Instant before, int most) {
                return remove.apply(before);
            }
        };
    }
}
