package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.DeadLetters.Selection;
import dev.pawl.engine.port.EventOutbox.Entry;
import dev.pawl.engine.query.DeadLetterQueries.DeadLetterView;
import dev.pawl.engine.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link DeadLetters} and those who read them keep to. */
@Tag("K-24")
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class DeadLettersContract extends StoreContract {

    private static final Selection ALL = Selection.ofTenant(TENANT);

    private DeadLetters deadLetters() {
        return fixture().deadLetters();
    }

    /** A run whose first entry was given up. */
    private RunId dead(Instant at) {
        RunId run = pending();
        EntryName first = freshName(run, 1);
        assertThat(commit(() -> fixture().outbox().bury(first, "the sink said no", at)))
                .contains(new EntryKey(run, 1));
        return run;
    }

    private int replay(Selection selection, int max) {
        return commit(() -> deadLetters().replay(selection, max, NOW));
    }

    private List<Entry> fresh() {
        return commit(() -> freshEntries(1_000).entries());
    }

    private Page<DeadLetterView> list(Selection selection, @Nullable String cursor, int limit) {
        return commit(() -> fixture().deadLetterQueries().list(selection, Optional.ofNullable(cursor), limit));
    }

    private static List<String> runs(Page<DeadLetterView> page) {
        return page.items().stream().map(DeadLetterView::runId).toList();
    }

    @Test
    void aDeadLetterTellsWhatItWasAndWhy() {
        RunId run = pending();
        change(run, changed -> {
            changed.record("b", NOW, "c", "{}");
            changed.record("c", NOW, "c", "{}");
        });
        EntryName second = freshName(run, 2);
        committing(() -> fixture().outbox().bury(second, "the sink said no", NOW.plusSeconds(1)));

        assertThat(list(ALL, null, 10).items())
                .containsExactly(new DeadLetterView(
                        null,
                        run.value(),
                        "flow",
                        null,
                        null,
                        "corr-" + run,
                        2,
                        List.of("b", "c"),
                        1,
                        "the sink said no",
                        NOW.plusSeconds(1)));
        assertThat(list(Selection.ofTenant("another"), null, 10).items()).isEmpty();
    }

    @Test
    void ofThreeTheTwoOldestArePutBackAndOneStays() {
        RunId second = dead(NOW.plusSeconds(2));
        RunId third = dead(NOW.plusSeconds(3));
        RunId first = dead(NOW.plusSeconds(1));
        assertThat(fresh()).isEmpty();

        assertThat(replay(ALL, 2)).isEqualTo(2);

        assertThat(fresh()).extracting(Entry::run).containsExactlyInAnyOrder(first, second);
        assertThat(fresh()).extracting(Entry::attempts).containsOnly(0);
        assertThat(runs(list(ALL, null, 10))).containsExactly(third.value());
        assertThat(replay(ALL, 2)).isEqualTo(1);
        assertThat(replay(ALL, 2)).isZero();
    }

    @Test
    void whatIsPutBackKeepsItsSequenceAndComesInOrderWithTheRestOfItsRun() {
        RunId run = dead(NOW);
        change(run, changed -> changed.record("b", NOW, "c", "{}"));

        assertThat(replay(ALL, 10)).isEqualTo(1);

        assertThat(fresh().stream().flatMap(entry -> entry.events().stream()).map(RunEvent::sequence))
                .containsExactly(1L, 2L);
    }

    @Test
    void aSelectionLeavesTheOthers() {
        RunId one = dead(NOW);
        RunId two = dead(NOW.plusSeconds(1));

        assertThat(replay(Selection.ofTenant("another"), 10)).isZero();
        assertThat(replay(new Selection(TENANT, null, "no-such-flow", null), 10))
                .isZero();
        assertThat(replay(new Selection(TENANT, null, null, "a-listener"), 10)).isZero();
        assertThat(runs(list(new Selection(TENANT, two, "flow", ""), null, 10))).containsExactly(two.value());
        assertThat(replay(new Selection(TENANT, two, "flow", ""), 10)).isEqualTo(1);

        assertThat(runs(list(ALL, null, 10))).containsExactly(one.value());
    }

    @Test
    void aListGoesOnWhereItStopped() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.add(dead(NOW.plusSeconds(i / 2)).value());
        }
        List<String> shown = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<DeadLetterView> page = list(ALL, cursor, 2);
            shown.addAll(runs(page));
            cursor = page.next();
        } while (cursor != null);

        assertThat(shown).isEqualTo(expected);
        assertThatThrownBy(() -> fixture().deadLetterQueries().list(ALL, Optional.of("nonsense"), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoReplaysAtOnceTakeEachLetterOnce() {
        for (int i = 0; i < 10; i++) {
            dead(NOW.plusSeconds(i));
        }
        Future<Integer> second;
        try (Held first =
                held(() -> assertThat(deadLetters().replay(ALL, 5, NOW)).isEqualTo(5))) {
            second = elsewhere(() -> deadLetters().replay(ALL, 10, NOW));
            first.commit();
        }
        assertThat(get(second)).isEqualTo(5);
        assertThat(fresh()).hasSize(10);
    }

    @Test
    void aReplayThatIsRolledBackLeavesEverythingDead() {
        dead(NOW);
        rollback(() -> deadLetters().replay(ALL, 10, NOW));
        assertThat(fresh()).isEmpty();
        assertThat(list(ALL, null, 10).items()).hasSize(1);
    }
}
