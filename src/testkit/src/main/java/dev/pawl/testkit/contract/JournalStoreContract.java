package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.port.JournalStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link JournalStore} keeps to. */
@Tag("W-01")
public abstract class JournalStoreContract extends StoreContract {

    private JournalStore journals() {
        return fixture().journals();
    }

    private static Checkpoint step(int ordinal) {
        return Checkpoint.begun(ordinal, "enrich#1/crm", "look-up é", 2, CheckpointKind.STEP, NOW)
                .attempted(3, NOW.plusSeconds(1))
                .plus(0.25, 17)
                .completed(Payload.of("{\"name\":\"\\\"x\\\" {},\\\\\"}"), NOW.plusSeconds(2));
    }

    private static Checkpoint sleep(int ordinal) {
        return Checkpoint.begun(ordinal, "", "sleep", 1, CheckpointKind.SLEEP, NOW)
                .withDetail("{\"why\":\"cool off\"}")
                .wakingAt(NOW.plusSeconds(60));
    }

    private void record(RunId run, Checkpoint... entries) {
        committing(() -> {
            Run locked = runs().lock(List.of(run)).get(run);
            List.of(entries).forEach(locked::checkpoint);
            runs().save(List.of(locked));
        });
    }

    private List<Checkpoint> read(RunId run) {
        return commit(() -> journals().read(run));
    }

    @Test
    void entriesComeBackAsTheyWereAndInOrder() {
        RunId run = pending();
        Checkpoint failed = Checkpoint.begun(2, "", "charge", 1, CheckpointKind.TRANSACTION, NOW)
                .attempted(1, NOW)
                .failed(new Failure("NO", "not \"now\"", "charge#1"), NOW.plusMillis(5));
        Checkpoint stored = Checkpoint.begun(3, "", "big", 1, CheckpointKind.STEP, NOW)
                .completed(new Payload.Stored("runs/x/code/3/1"), NOW);

        record(run, stored, failed, sleep(1), step(0));

        assertThat(read(run)).containsExactly(step(0), sleep(1), failed, stored);
        assertThat(read(nextId())).isEmpty();
    }

    @Test
    void anEntryWrittenAgainReplacesTheOneThatWasThere() {
        RunId run = pending();
        record(run, step(0), sleep(1));
        Checkpoint fired = sleep(1).completed(null, NOW.plusSeconds(60));

        record(run, sleep(1), fired);

        assertThat(read(run)).containsExactly(step(0), fired);
    }

    @Test
    void entriesAreReadByTheirOrdinalsOrWhileTheyAreOpen() {
        RunId run = pending();
        Checkpoint retried = Checkpoint.begun(2, "", "charge", 1, CheckpointKind.STEP, NOW)
                .attempted(1, NOW)
                .retriedAt(NOW.plusSeconds(5), new Failure("NO", "no", "charge#1"));
        record(run, step(0), sleep(1), retried);

        assertThat(commit(() -> journals().read(run, Set.of(0, 2, 7)))).containsExactly(step(0), retried);
        assertThat(commit(() -> journals().read(run, Set.of()))).isEmpty();
        assertThat(commit(() -> journals().open(run))).containsExactly(sleep(1), retried);
    }

    @Test
    void entriesOfSeveralRunsAreReadEachByItsOwnOrdinals() {
        RunId run = pending();
        RunId other = pending();
        record(run, step(0), sleep(1));
        record(other, step(0), sleep(1));

        assertThat(commit(() -> journals().read(Map.of(run, Set.of(0), other, Set.of(1, 7), nextId(), Set.of(0)))))
                .isEqualTo(Map.of(run, List.of(step(0)), other, List.of(sleep(1))));
        assertThat(commit(() -> journals().read(Map.of()))).isEmpty();
    }

    @Test
    void shortJournalsOfSeveralRunsAreReadTogetherAndWhole() {
        RunId run = pending();
        RunId other = pending();
        RunId tooLong = pending();
        RunId empty = pending();
        record(run, step(0), sleep(1));
        record(other, sleep(1));
        record(tooLong, step(0), sleep(2));

        assertThat(commit(() -> journals().readShort(List.of(run, other, tooLong, empty, nextId()), 2)))
                .isEqualTo(Map.of(run, List.of(step(0), sleep(1)), other, List.of(sleep(1))));
        assertThat(commit(() -> journals().readShort(List.of(), 2))).isEmpty();
    }

    @Test
    void aWholeJournalIsDroppedAndNoOther() {
        RunId run = pending();
        RunId other = pending();
        record(run, step(0), sleep(1));
        record(other, step(0));

        committing(() -> journals().drop(run));

        assertThat(read(run)).isEmpty();
        assertThat(read(other)).containsExactly(step(0));
    }

    @Test
    @Tag("K-10")
    void whatIsOpenInAnEndedRunIsClosed() {
        RunId run = pending();
        RunId other = pending();
        record(run, step(0), sleep(1));
        record(other, sleep(0));

        committing(() -> journals().close(List.of(run), NOW.plusSeconds(9)));

        assertThat(read(run))
                .extracting(Checkpoint::status)
                .containsExactly(StepStatus.COMPLETED, StepStatus.CANCELLED);
        assertThat(read(run).get(1).completedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(read(run).get(1).wakeAt()).isNull();
        assertThat(read(other)).containsExactly(sleep(0));
    }

    @Test
    @Tag("W-09")
    void wishesToCancelAreFoundAmongManyRuns() {
        RunId run = pending();
        RunId other = pending();
        Checkpoint wish = Checkpoint.begun(Checkpoint.CANCEL_ORDINAL, "", "cancel", 1, CheckpointKind.STOP, NOW)
                .withDetail("{\"reason\":\"no longer wanted\"}")
                .completed(null, NOW);
        record(run, wish, step(0));
        record(other, step(0));

        assertThat(commit(() -> journals().cancelWishes(List.of(run, other, nextId()))))
                .containsExactly(run);
        assertThat(commit(() -> journals().cancelWishes(List.of()))).isEmpty();
        assertThat(read(run)).containsExactly(wish, step(0));
    }

    @Test
    void whatIsRolledBackLeavesNoTrace() {
        RunId run = pending();

        rollback(() -> {
            Run locked = runs().lock(List.of(run)).get(run);
            locked.checkpoint(step(0));
            runs().save(List.of(locked));
        });

        assertThat(read(run)).isEmpty();
    }
}
