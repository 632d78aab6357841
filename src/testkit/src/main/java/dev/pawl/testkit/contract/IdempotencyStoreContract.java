package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.IdempotencyStore.Kept;
import dev.pawl.engine.port.IdempotencyStore.Key;
import dev.pawl.engine.port.IdempotencyStore.KeyInProgressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link IdempotencyStore} keeps to. */
@SuppressWarnings("try") // a held transaction does its work by being open
public abstract class IdempotencyStoreContract extends StoreContract {

    private static final Key KEY = new Key(TENANT, "run.create", "order-17");

    private IdempotencyStore keys() {
        return fixture().keys();
    }

    private void first(Key key, String outcome) {
        committing(() -> {
            assertThat(keys().reserve(key, "hash", NOW)).isEmpty();
            keys().keep(key, outcome);
        });
    }

    private Optional<Kept> reserve(Key key) {
        return commit(() -> keys().reserve(key, "hash", NOW));
    }

    @Test
    @Tag("K-03")
    void aRepetitionFindsTheOutcomeOfTheFirst() {
        first(KEY, "{\"run\":\"é\"}");
        assertThat(reserve(KEY)).contains(new Kept("hash", "{\"run\":\"é\"}"));
        assertThat(commit(() -> keys().reserve(KEY, "another hash", NOW.plusSeconds(1))))
                .contains(new Kept("hash", "{\"run\":\"é\"}"));
    }

    @Test
    @Tag("K-03")
    void tenantCommandTypeAndKeyNameAKeyTogether() {
        first(KEY, "1");
        first(new Key("other", "run.create", "order-17"), "2");
        first(new Key(TENANT, "run.cancel", "order-17"), "3");
        first(new Key(TENANT, "run.create", "order-18"), "4");
        assertThat(reserve(KEY)).contains(new Kept("hash", "1"));
    }

    @Test
    @Tag("K-04")
    void aRollbackFreesTheKey() {
        rollback(() -> {
            assertThat(keys().reserve(KEY, "hash", NOW)).isEmpty();
            keys().keep(KEY, "lost");
        });
        first(KEY, "kept");
        assertThat(reserve(KEY)).contains(new Kept("hash", "kept"));
    }

    @Test
    @Tag("K-04")
    void aConcurrentDuplicateWaitsAndThenFindsTheOutcome() {
        Future<Optional<Kept>> duplicate;
        try (Held first = held(() -> {
            assertThat(keys().reserve(KEY, "hash", NOW)).isEmpty();
            keys().keep(KEY, "{}");
        })) {
            duplicate = elsewhere(() -> keys().reserve(KEY, "hash", NOW));
            assertWaits(duplicate);
        }
        assertThat(get(duplicate)).contains(new Kept("hash", "{}"));
    }

    @Test
    @Tag("K-04")
    void aConcurrentDuplicateTakesOverWhenTheFirstRollsBack() {
        Held first = held(() -> assertThat(keys().reserve(KEY, "hash", NOW)).isEmpty());
        Future<Optional<Kept>> duplicate = elsewhere(() -> {
            Optional<Kept> kept = keys().reserve(KEY, "hash", NOW);
            keys().keep(KEY, "second");
            return kept;
        });
        assertWaits(duplicate);
        first.rollback();
        assertThat(get(duplicate)).isEmpty();
        assertThat(reserve(KEY)).contains(new Kept("hash", "second"));
    }

    @Test
    @Tag("K-04")
    void aDuplicateThatWaitedTooLongIsToldSoAndItsTransactionGoesOn() {
        try (Held first = held(() -> {
            assertThat(keys().reserve(KEY, "hash", NOW)).isEmpty();
            keys().keep(KEY, "{}");
        })) {
            get(elsewhere(() -> {
                assertThatThrownBy(() -> keys().reserve(KEY, "hash", NOW))
                        .isInstanceOf(KeyInProgressException.class)
                        .hasMessageContaining("order-17");
                fixture().blobs().put("still/alive", "yes");
                return true;
            }));
        }
        assertThat(commit(() -> fixture().blobs().get("still/alive"))).contains("yes");
    }

    @Test
    @Tag("K-03")
    void ofManyAtOnceExactlyOneGoesFirst() {
        List<Future<Optional<Kept>>> commands = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String outcome = "\"" + i + "\"";
            commands.add(elsewhere(() -> {
                Optional<Kept> kept = keys().reserve(KEY, "hash", NOW);
                if (kept.isEmpty()) {
                    keys().keep(KEY, outcome);
                }
                return kept;
            }));
        }
        List<Optional<Kept>> answers = commands.stream().map(StoreContract::get).toList();
        assertThat(answers.stream().filter(Optional::isEmpty)).hasSize(1);
        assertThat(answers.stream().flatMap(Optional::stream).distinct()).hasSize(1);
    }

    @Test
    void anOutcomeNeedsAReservation() {
        assertThatThrownBy(() -> committing(() -> keys().keep(KEY, "{}"))).isInstanceOf(IllegalStateException.class);
    }
}
