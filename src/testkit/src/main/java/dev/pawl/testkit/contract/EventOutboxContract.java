package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventOutbox.Batch;
import dev.pawl.engine.port.EventOutbox.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
            Batch due = freshEntries(1_000);
            outbox().delivered(due.names());
            return due.entries();
        });
    }

    private List<Entry> fresh(int max) {
        return freshEntries(max).entries();
    }

    private Batch late(Instant now) {
        return outbox().lock(outbox().peek(OutboxLane.LATE, 1_000, now));
    }

    private static EntryName late(RunId run, long firstSequence, int attempts) {
        return new EntryName.Late(new EntryKey(run, firstSequence), attempts);
    }

    private void postpone(EntryName entry, Instant due) {
        assertThat(commit(() -> outbox().postpone(entry, due, "the sink said no")))
                .isPresent();
    }

    private EntryName first(RunId run) {
        return commit(() -> freshEntries(1_000)).due().stream()
                .filter(named -> named.entry().run().equals(run))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private void recordTogether(String type, RunId... runs) {
        committing(() -> {
            List<Run> changed = Stream.of(runs).map(this::lockOne).toList();
            changed.forEach(run -> run.record(type, NOW, "c", "{}"));
            runs().save(changed);
        });
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
        assertThat(commit(() -> late(NOW.plusSeconds(29))).due()).isEmpty();

        Batch later = commit(() -> late(NOW.plusSeconds(30)));
        assertThat(types(later.entries())).containsExactly("workflow:created");
        assertThat(later.entries()).extracting(Entry::attempts).containsExactly(1);
        assertThat(later.names()).containsExactly(late(bad, 1, 1));
    }

    @Test
    void whatWaitsBehindALateEntryIsNotEvenLookedAt() {
        RunId bad = pending();
        for (int i = 0; i < 20; i++) {
            record(bad, "e" + i);
        }
        postpone(first(bad), NOW.plusSeconds(30));
        RunId good = pending();

        Batch first = commit(() -> freshEntries(15));
        Batch second = commit(() -> freshEntries(15));

        assertThat(first.entries()).as("set aside on the way").isEmpty();
        assertThat(first.found()).isEqualTo(15);
        assertThat(second.entries()).extracting(Entry::run).containsExactly(good);
        assertThat(commit(() -> outbox().peek(OutboxLane.FRESH, 1_000, NOW))).containsExactly(first(good));
    }

    @Test
    void whenALateEntryIsDeliveredWhatWaitedBehindItIsFreshAgain() {
        RunId run = pending();
        record(run, "b");
        postpone(first(run), NOW.plusSeconds(1));
        assertThat(deliverAll()).isEmpty();
        record(run, "c");

        committing(() -> outbox().delivered(late(NOW.plusSeconds(1)).names()));

        assertThat(types(deliverAll())).containsExactly("b", "c");
        assertThat(commit(() -> late(NOW.plusSeconds(9))).due()).isEmpty();
    }

    @Test
    void aLateEntryMayFailAgain() {
        RunId run = pending();
        postpone(first(run), NOW.plusSeconds(1));
        EntryName late = commit(() -> late(NOW.plusSeconds(1))).names().get(0);

        postpone(late, NOW.plusSeconds(3));

        assertThat(commit(() -> late(NOW.plusSeconds(2))).due()).isEmpty();
        assertThat(commit(() -> late(NOW.plusSeconds(3))).entries())
                .extracting(Entry::attempts)
                .containsExactly(2);
    }

    @Test
    void anEntryThatIsNotWhatItWasIsNeitherPostponedNorBuried() {
        RunId run = pending();
        EntryName fresh = first(run);
        postpone(fresh, NOW.plusSeconds(1));

        for (EntryName name : List.of(fresh, late(run, 1, 2))) {
            assertThat(commit(() -> outbox().postpone(name, NOW, "again"))).isEmpty();
            assertThat(commit(() -> outbox().bury(name, "again", NOW))).isEmpty();
        }
        assertThat(commit(() -> late(NOW.plusSeconds(1))).entries())
                .extracting(Entry::attempts)
                .containsExactly(1);
    }

    @Test
    void aBuriedEntryLetsTheNextOneFollow() {
        RunId run = pending();
        record(run, "b");
        EntryName first = first(run);
        assertThat(commit(() -> outbox().bury(first, "once is enough", NOW))).contains(new EntryKey(run, 1));
        assertThat(types(deliverAll())).containsExactly("b");
        assertThat(fixture().queries().events(run, 0, 10).items()).hasSize(2);
    }

    @Test
    void aBuriedLateEntryLetsTheNextOneFollow() {
        RunId run = pending();
        record(run, "b");
        postpone(first(run), NOW.plusSeconds(1));
        assertThat(deliverAll()).isEmpty();

        assertThat(commit(() -> outbox().bury(late(run, 1, 1), "tried often enough", NOW.plusSeconds(1))))
                .contains(new EntryKey(run, 1));

        assertThat(types(deliverAll())).containsExactly("b");
    }

    @Test
    void entriesAreLockedByNameInOrder() {
        RunId one = pending();
        record(one, "b");
        RunId two = pending();
        RunId bad = pending();
        record(bad, "x");
        EntryName behind = freshName(bad, 2);
        List<EntryName> names =
                List.of(freshName(two, 1), freshName(one, 2), freshName(one, 1), new EntryName.Fresh(1_000_000_000, 1));
        postpone(first(bad), NOW.plusSeconds(1));

        Batch fresh = commit(() -> outbox().lock(names));
        Batch late = commit(() -> outbox().lock(List.of(late(bad, 1, 1), late(two, 1, 1))));
        Batch aside = commit(() -> outbox().lock(List.of(behind)));

        assertThat(fresh.entries())
                .extracting(Entry::key)
                .containsExactly(new EntryKey(one, 1), new EntryKey(one, 2), new EntryKey(two, 1));
        assertThat(fresh.found()).isEqualTo(3);
        assertThat(late.entries()).extracting(Entry::key).containsExactly(new EntryKey(bad, 1));
        assertThat(aside.due()).isEmpty();
        assertThat(aside.found()).isEqualTo(1);
    }

    @Test
    void ofWhatOneTransactionRecordedAPartMayBeDelivered() {
        RunId one = pending();
        RunId two = pending();
        RunId three = pending();
        deliverAll();
        recordTogether("b", one, two, three);
        record(one, "c");

        assertThat(commit(() -> outbox().peek(OutboxLane.FRESH, 2, NOW)))
                .as("a part of a transaction, where no more is wanted")
                .hasSize(2);
        EntryName middle = freshName(two, 2);
        committing(() -> outbox().delivered(List.of(middle)));
        assertThat(deliverAll())
                .extracting(Entry::key)
                .containsExactly(new EntryKey(one, 2), new EntryKey(three, 2), new EntryKey(one, 3));
        assertThat(commit(() -> outbox().peek(OutboxLane.FRESH, 9, NOW))).isEmpty();
    }

    @Test
    void anEntryThatFailsLeavesTheOthersOfItsTransactionWhereTheyAre() {
        RunId good = pending();
        RunId bad = pending();
        deliverAll();
        recordTogether("b", good, bad);
        recordTogether("c", good, bad);
        EntryName failed = freshName(bad, 2);

        postpone(failed, NOW.plusSeconds(1));

        assertThat(commit(() -> outbox().lock(List.of(failed))).found())
                .as("it is not there any more")
                .isZero();
        assertThat(types(of(good, deliverAll()))).containsExactly("b", "c");
        assertThat(deliverAll()).as("the rest is set aside").isEmpty();
        committing(() -> outbox().delivered(late(NOW.plusSeconds(1)).names()));
        assertThat(deliverAll()).extracting(Entry::key).containsExactly(new EntryKey(bad, 3));
    }

    @Test
    void whatWaitedBehindALateEntryComesBeforeWhatItsRunHasRecordedSince() {
        RunId run = pending();
        record(run, "b");
        record(run, "c");
        postpone(first(run), NOW.plusSeconds(1));
        assertThat(deliverAll()).isEmpty();
        record(run, "d");
        pending();

        committing(() -> outbox().delivered(late(NOW.plusSeconds(1)).names()));

        assertThat(types(deliverAll())).containsExactly("b", "c", "d", "workflow:created");
    }

    @Test
    void oneTransactionMayRecordForThousandsOfRuns() {
        List<RunId> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(nextId());
        }
        committing(() -> runs().save(many.stream()
                .map(id -> newRun(header(id, TENANT, 5, NOW)))
                .toList()));

        assertThat(commit(() -> outbox().peek(OutboxLane.FRESH, 700, NOW))).hasSize(700);
        assertThat(deliverAll()).hasSize(1_000);
        assertThat(deliverAll()).hasSize(1);
    }

    @Test
    void lateEntriesComeInTheOrderTheyAreDue() {
        RunId one = pending();
        RunId two = pending();
        postpone(first(one), NOW.plusSeconds(9));
        postpone(first(two), NOW.plusSeconds(4));

        assertThat(commit(() -> outbox().peek(OutboxLane.LATE, 10, NOW.plusSeconds(9))))
                .containsExactly(late(two, 1, 1), late(one, 1, 1));
        assertThat(commit(() -> outbox().peek(OutboxLane.LATE, 10, NOW.plusSeconds(8))))
                .hasSize(1);
    }

    @Test
    void aRolledBackRelayLeavesEverythingDue() {
        pending();
        rollback(() -> outbox().delivered(freshEntries(10).names()));
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
        try (Held relay = held(() -> outbox().delivered(freshEntries(10).names()))) {
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
