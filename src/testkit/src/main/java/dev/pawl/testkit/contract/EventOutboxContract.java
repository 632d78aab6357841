package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventOutbox.Entry;
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
            List<Entry> due = outbox().lockDue(1_000, NOW);
            outbox().delivered(due);
            return due;
        });
    }

    @Test
    void whatOneTransactionRecordedForOneRunStandsInOneEntry() {
        RunId run = pending();
        record(run, "b", "c");

        List<Entry> due = commit(() -> outbox().lockDue(10, NOW));

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
        List<Entry> due = commit(() -> outbox().lockDue(100, NOW));
        assertThat(types(of(one, due))).containsExactly("workflow:created", "e0", "e2", "e4", "e6", "e8", "e10");
        assertThat(types(of(two, due))).containsExactly("workflow:created", "e1", "e3", "e5", "e7", "e9", "e11");
    }

    @Test
    void noMoreEntriesAreHandedOutThanAskedForAndNoneBehindAnUndeliveredOne() {
        RunId run = pending();
        record(run, "b");
        record(run, "c");
        assertThat(types(commit(() -> outbox().lockDue(2, NOW)))).containsExactly("workflow:created", "b");
    }

    @Test
    void anEntryThatIsNotDueHoldsUpItsRunAndNoOther() {
        RunId bad = pending();
        record(bad, "b");
        RunId good = pending();
        committing(() -> {
            Entry first = of(bad, outbox().lockDue(10, NOW)).get(0);
            outbox().postpone(first, NOW.plusSeconds(30), "the sink said no");
        });
        record(bad, "c");

        List<Entry> due = commit(() -> outbox().lockDue(10, NOW));
        assertThat(due).extracting(Entry::run).containsExactly(good);

        List<Entry> later = commit(() -> outbox().lockDue(10, NOW.plusSeconds(30)));
        assertThat(types(of(bad, later))).containsExactly("workflow:created", "b", "c");
        assertThat(of(bad, later)).extracting(Entry::attempts).containsExactly(1, 0, 0);
    }

    @Test
    void aBuriedEntryLetsTheNextOneFollow() {
        RunId run = pending();
        record(run, "b");
        committing(() -> {
            Entry first = outbox().lockDue(10, NOW).get(0);
            outbox().bury(first, "tried often enough", NOW);
        });
        assertThat(types(commit(() -> outbox().lockDue(10, NOW)))).containsExactly("b");
        assertThat(fixture().queries().events(run, 0, 10).items()).hasSize(2);
    }

    @Test
    void aRolledBackRelayLeavesEverythingDue() {
        pending();
        rollback(() -> outbox().delivered(outbox().lockDue(10, NOW)));
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
        try (Held other = held(() -> assertThat(outbox().lockDue(1, NOW)).hasSize(1))) {
            pending();
            assertThat(get(elsewhere(() -> outbox().lockDue(10, NOW)))).isEmpty();
        }
        assertThat(commit(() -> outbox().lockDue(10, NOW))).hasSize(2);
    }

    @Test
    void theRelayDoesNotHoldUpChanges() {
        RunId run = pending();
        try (Held relay = held(() -> outbox().delivered(outbox().lockDue(10, NOW)))) {
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
