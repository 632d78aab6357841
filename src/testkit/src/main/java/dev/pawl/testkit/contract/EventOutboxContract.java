package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventOutbox.Batch;
import dev.pawl.engine.port.EventOutbox.Entry;
import dev.pawl.engine.port.EventOutbox.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EventOutbox} keeps to. */
@Tag("K-23")
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class EventOutboxContract extends StoreContract {

    private EventOutbox outbox() {
        return fixture().outbox();
    }

    private void record(RunId run, String... types) {
        change(run, changed -> {
            for (String type : types) {
                changed.record(type, NOW, "cause-" + type, "{\"n\":1.50,\"text\":\"a\\\"b\"}");
            }
        });
    }

    private static List<String> types(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.events().stream())
                .map(RunEvent::type)
                .toList();
    }

    private static List<Entry> of(RunId run, List<Entry> entries) {
        return entries.stream().filter(entry -> entry.run().equals(run)).toList();
    }

    private List<Entry> deliverAll() {
        return commit(() -> {
            List<Entry> due = fresh(1_000);
            outbox().delivered(due);
            return due;
        });
    }

    private List<Entry> fresh(int max) {
        return due(OutboxLane.FRESH, max, NOW).entries();
    }

    private List<Entry> late(Instant now) {
        return due(OutboxLane.LATE, 1_000, now).entries();
    }

    private Batch due(OutboxLane lane, int max, Instant now) {
        return outbox().lock(
                        lane,
                        outbox().peek(lane, max, now).stream().map(Waiting::key).toList());
    }

    private static Waiting waiting(Entry entry) {
        return new Waiting(entry.key(), entry.attempts());
    }

    private void postpone(Entry entry, Instant due) {
        assertThat(commit(() -> outbox().postpone(waiting(entry), due, "the sink said no")))
                .isTrue();
    }

    private Entry first(RunId run) {
        return commit(() -> of(run, fresh(1_000)).get(0));
    }

    @Test
    void whatOneTransactionRecordedForOneRunStandsInOneEntry() {
        RunId run = pending();
        record(run, "b", "c");

        List<Entry> due = commit(() -> fresh(10));

        assertThat(due).hasSize(2);
        Entry second = due.get(1);
        assertThat(second.run()).isEqualTo(run);
        assertThat(second.tenant()).isEqualTo(TENANT);
        assertThat(second.workflowId()).isEqualTo("flow");
        assertThat(second.correlationId()).isEqualTo("corr-" + run);
        assertThat(second.firstSequence()).isEqualTo(2);
        assertThat(second.attempts()).isZero();
        assertThat(second.events())
                .containsExactly(
                        new RunEvent(2, "b", NOW, "cause-b", "{\"n\":1.50,\"text\":\"a\\\"b\"}"),
                        new RunEvent(3, "c", NOW, "cause-c", "{\"n\":1.50,\"text\":\"a\\\"b\"}"));
    }

    @Test
    void deliveredEntriesAreGone() {
        RunId run = pending();
        assertThat(types(deliverAll())).containsExactly("workflow:created");
        assertThat(deliverAll()).isEmpty();
        record(run, "b");
        assertThat(types(deliverAll())).containsExactly("b");
        assertThat(fixture().queries().events(run, 0, 10).items())
                .as("history stays")
                .hasSize(2);
    }

    @Test
    void entriesOfARunComeInOrder() {
        RunId one = pending();
        RunId two = pending();
        for (int i = 0; i < 12; i++) {
            record(i % 2 == 0 ? one : two, "e" + i);
        }
        List<Entry> due = commit(() -> fresh(100));
        assertThat(types(of(one, due))).containsExactly("workflow:created", "e0", "e2", "e4", "e6", "e8", "e10");
        assertThat(types(of(two, due))).containsExactly("workflow:created", "e1", "e3", "e5", "e7", "e9", "e11");
    }

    @Test
    void noMoreEntriesAreHandedOutThanAskedForAndNoneBehindAnUndeliveredOne() {
        RunId run = pending();
        record(run, "b");
        record(run, "c");
        assertThat(types(commit(() -> fresh(2)))).containsExactly("workflow:created", "b");
    }

    @Test
    void aFailedEntryHoldsUpItsRunAndNoOther() {
        RunId bad = pending();
        record(bad, "b");
        RunId good = pending();
        postpone(first(bad), NOW.plusSeconds(30));
        record(bad, "c");

        assertThat(deliverAll()).extracting(Entry::run).containsExactly(good);
        assertThat(commit(() -> late(NOW.plusSeconds(29)))).isEmpty();

        List<Entry> later = commit(() -> late(NOW.plusSeconds(30)));
        assertThat(types(later)).containsExactly("workflow:created");
        assertThat(later).extracting(Entry::attempts).containsExactly(1);
        assertThat(later).extracting(Entry::lane).containsExactly(OutboxLane.LATE);
    }

    @Test
    void whatWaitsBehindALateEntryIsNotEvenLookedAt() {
        RunId bad = pending();
        for (int i = 0; i < 20; i++) {
            record(bad, "e" + i);
        }
        postpone(first(bad), NOW.plusSeconds(30));
        RunId good = pending();

        Batch first = commit(() -> due(OutboxLane.FRESH, 15, NOW));
        Batch second = commit(() -> due(OutboxLane.FRESH, 15, NOW));

        assertThat(first.entries()).as("set aside on the way").isEmpty();
        assertThat(first.found()).isEqualTo(15);
        assertThat(second.entries()).extracting(Entry::run).containsExactly(good);
        assertThat(commit(() -> outbox().peek(OutboxLane.FRESH, 1_000, NOW)))
                .extracting(Waiting::key)
                .extracting(EntryKey::run)
                .containsExactly(good);
    }

    @Test
    void whenALateEntryIsDeliveredWhatWaitedBehindItIsFreshAgain() {
        RunId run = pending();
        record(run, "b");
        postpone(first(run), NOW.plusSeconds(1));
        assertThat(deliverAll()).isEmpty();
        record(run, "c");

        committing(() -> outbox().delivered(late(NOW.plusSeconds(1))));

        assertThat(types(deliverAll())).containsExactly("b", "c");
        assertThat(commit(() -> late(NOW.plusSeconds(9)))).isEmpty();
    }

    @Test
    void aLateEntryMayFailAgain() {
        RunId run = pending();
        postpone(first(run), NOW.plusSeconds(1));
        Entry late = commit(() -> late(NOW.plusSeconds(1))).get(0);

        postpone(late, NOW.plusSeconds(3));

        assertThat(commit(() -> late(NOW.plusSeconds(2)))).isEmpty();
        assertThat(commit(() -> late(NOW.plusSeconds(3))))
                .extracting(Entry::attempts)
                .containsExactly(2);
    }

    @Test
    void anEntryThatIsNotWhatItWasIsNeitherPostponedNorBuried() {
        RunId run = pending();
        Entry fresh = first(run);
        postpone(fresh, NOW.plusSeconds(1));

        assertThat(commit(() -> outbox().postpone(waiting(fresh), NOW, "again")))
                .isFalse();
        assertThat(commit(() -> outbox().bury(waiting(fresh), "again", NOW))).isFalse();
        assertThat(commit(() -> late(NOW.plusSeconds(1))))
                .extracting(Entry::attempts)
                .containsExactly(1);
    }

    @Test
    void aBuriedEntryLetsTheNextOneFollow() {
        RunId run = pending();
        record(run, "b");
        Waiting first = waiting(first(run));
        assertThat(commit(() -> outbox().bury(first, "once is enough", NOW))).isTrue();
        assertThat(types(deliverAll())).containsExactly("b");
        assertThat(fixture().queries().events(run, 0, 10).items()).hasSize(2);
    }

    @Test
    void aBuriedLateEntryLetsTheNextOneFollow() {
        RunId run = pending();
        record(run, "b");
        postpone(first(run), NOW.plusSeconds(1));
        assertThat(deliverAll()).isEmpty();

        assertThat(commit(() ->
                        outbox().bury(new Waiting(new EntryKey(run, 1), 1), "tried often enough", NOW.plusSeconds(1))))
                .isTrue();

        assertThat(types(deliverAll())).containsExactly("b");
    }

    @Test
    void entriesAreLockedByNameInOrder() {
        RunId one = pending();
        record(one, "b");
        RunId two = pending();
        RunId bad = pending();
        record(bad, "x");
        postpone(first(bad), NOW.plusSeconds(1));
        List<EntryKey> keys = List.of(
                new EntryKey(two, 1),
                new EntryKey(one, 2),
                new EntryKey(one, 1),
                new EntryKey(bad, 1),
                new EntryKey(bad, 2),
                new EntryKey(two, 99));

        List<Entry> fresh = commit(() -> outbox().lock(OutboxLane.FRESH, keys).entries());
        List<Entry> late = commit(() -> outbox().lock(OutboxLane.LATE, keys).entries());

        assertThat(fresh)
                .extracting(Entry::key)
                .containsExactly(new EntryKey(one, 1), new EntryKey(one, 2), new EntryKey(two, 1));
        assertThat(late).extracting(Entry::key).containsExactly(new EntryKey(bad, 1));
    }

    @Test
    void lateEntriesComeInTheOrderTheyAreDue() {
        RunId one = pending();
        RunId two = pending();
        postpone(first(one), NOW.plusSeconds(9));
        postpone(first(two), NOW.plusSeconds(4));

        assertThat(commit(() -> outbox().peek(OutboxLane.LATE, 10, NOW.plusSeconds(9))))
                .containsExactly(new Waiting(new EntryKey(two, 1), 1), new Waiting(new EntryKey(one, 1), 1));
        assertThat(commit(() -> outbox().peek(OutboxLane.LATE, 10, NOW.plusSeconds(8))))
                .hasSize(1);
    }

    @Test
    void aRolledBackRelayLeavesEverythingDue() {
        pending();
        rollback(() -> outbox().delivered(fresh(10)));
        assertThat(types(deliverAll())).containsExactly("workflow:created");
    }

    @Test
    void eventsOfARolledBackChangeAreNeverRelayed() {
        RunId run = pending();
        deliverAll();
        rollback(() -> changeHere(run, changed -> changed.record("never", NOW, "c", "{}")));
        assertThat(deliverAll()).isEmpty();
    }

    @Test
    void oneTransactionRelaysAtATime() {
        pending();
        try (Held other = held(() -> assertThat(fresh(1)).hasSize(1))) {
            pending();
            assertThat(get(elsewhere(() -> fresh(10)))).isEmpty();
        }
        assertThat(commit(() -> fresh(10))).hasSize(2);
    }

    @Test
    void theRelayDoesNotHoldUpChanges() {
        RunId run = pending();
        try (Held relay = held(() -> outbox().delivered(fresh(10)))) {
            get(elsewhere(() -> {
                changeHere(run, changed -> changed.record("meanwhile", NOW, "c", "{}"));
                return true;
            }));
        }
        assertThat(types(deliverAll())).containsExactly("meanwhile");
    }

    @Test
    void underParallelChangesEveryEventIsRelayedOnceAndInOrder() {
        List<RunId> runs = List.of(pending(), pending(), pending());
        List<java.util.concurrent.Future<?>> writers = new ArrayList<>();
        for (RunId run : runs) {
            for (int writer = 0; writer < 3; writer++) {
                writers.add(others.submit(() -> {
                    for (int i = 0; i < 8; i++) {
                        record(run, "x");
                    }
                }));
            }
        }
        Map<RunId, Long> last = new HashMap<>();
        Set<Boolean> finished = new HashSet<>();
        while (finished.isEmpty()) {
            if (writers.stream().allMatch(java.util.concurrent.Future::isDone)) {
                finished.add(true);
            }
            for (Entry entry : deliverAll()) {
                for (RunEvent event : entry.events()) {
                    assertThat(event.sequence()).isEqualTo(last.getOrDefault(entry.run(), 0L) + 1);
                    last.put(entry.run(), event.sequence());
                }
            }
        }
        writers.forEach(StoreContract::get);
        runs.forEach(run -> assertThat(last).containsEntry(run, 25L));
    }
}
