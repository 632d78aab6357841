package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.live.FeedEntry;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link EventFeed} of runs keeps to. */
@Tag("K-26")
public abstract class EventFeedContract extends StoreContract {

    private EventFeed feed() {
        return fixture().feed();
    }

    private void record(RunId run, String... types) {
        change(run, changed -> {
            for (String type : types) {
                changed.record(type, NOW, "cause", "{\"n\":1.50}");
            }
        });
    }

    private List<FeedEntry> after(long position) {
        return feed().read(position, Long.MAX_VALUE, 100);
    }

    private static List<String> types(FeedEntry entry) {
        return entry.entry().events().stream().map(RunEvent::type).toList();
    }

    @Test
    void whatATransactionRecordedForARunIsOneEntryWithWhatTellsWhoseItIs() {
        long begin = feed().end();
        RunId run = pending();
        record(run, "one", "two");

        List<FeedEntry> entries = after(begin);

        assertThat(entries)
                .extracting(EventFeedContract::types)
                .containsExactly(List.of("workflow:created"), List.of("one", "two"));
        FeedEntry last = entries.get(1);
        assertThat(last.entry().run()).isEqualTo(run);
        assertThat(last.entry().tenant()).isEqualTo(TENANT);
        assertThat(last.entry().workflowId()).isEqualTo("flow");
        assertThat(last.entry().correlationId()).isEqualTo("corr-" + run);
        assertThat(last.entry().events()).extracting(RunEvent::sequence).containsExactly(2L, 3L);
        assertThat(last.entry().events().get(0).payload()).isEqualTo("{\"n\":1.50}");
        assertThat(feed().end()).isEqualTo(last.position());
    }

    @Test
    void numbersGrowWithEachAppendOfARun() {
        long begin = feed().end();
        RunId one = pending();
        RunId other = pending();
        record(one, "a");
        record(other, "b");
        record(one, "c");

        assertThat(after(begin))
                .extracting(FeedEntry::position)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void anEntryIsSeenOnceItsTransactionHasCommittedEvenIfAGreaterNumberWasSeenBefore() {
        RunId slow = pending();
        RunId quick = pending();
        long begin = feed().end();
        long hole;
        try (Held held = held(() -> changeHere(slow, run -> run.record("late", NOW, "cause", "{}")))) {
            record(quick, "early");
            List<FeedEntry> seen = after(begin);
            assertThat(seen).extracting(EventFeedContract::types).containsExactly(List.of("early"));
            hole = seen.get(0).position() - 1;
            assertThat(feed().at(List.of(hole))).isEmpty();
            assertThat(feed().positions(begin, hole + 1)).containsExactly(hole + 1);
            held.commit();
        }

        assertThat(feed().at(List.of(hole, hole + 1)))
                .extracting(EventFeedContract::types)
                .containsExactly(List.of("late"), List.of("early"));
    }

    @Test
    void whatWasRolledBackIsNeverSeen() {
        RunId run = pending();
        long begin = feed().end();
        rollback(() -> changeHere(run, changed -> changed.record("never", NOW, "cause", "{}")));
        record(run, "kept");

        assertThat(after(begin)).extracting(EventFeedContract::types).containsExactly(List.of("kept"));
    }

    @Test
    void aPartIsReadBetweenTwoNumbersAndHasNoMoreThanWasAskedFor() {
        long begin = feed().end();
        RunId run = pending();
        for (int i = 0; i < 6; i++) {
            record(run, "e" + i);
        }
        List<Long> positions = feed().positions(begin, Long.MAX_VALUE);
        assertThat(positions).hasSize(7);

        List<FeedEntry> part = feed().read(positions.get(1), positions.get(5), 3);

        assertThat(part).extracting(FeedEntry::position).containsExactlyElementsOf(positions.subList(2, 5));
        assertThat(feed().read(positions.get(4), positions.get(5), 3)).hasSize(1);
        assertThat(feed().read(positions.get(6), Long.MAX_VALUE, 3)).isEmpty();
    }
}
