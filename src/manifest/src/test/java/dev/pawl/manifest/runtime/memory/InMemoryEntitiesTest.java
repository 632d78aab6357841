package dev.pawl.manifest.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityTransactionsContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InMemoryEntitiesTest extends EntityTransactionsContract {
    private final InMemoryEntities entities = new InMemoryEntities();

    @Override
    protected EntityTransactions transactions() {
        return entities;
    }

    @Test
    void idsAreOfVersionSevenAndBeginWithTheTime() {
        TimeOrderedIds early = new TimeOrderedIds(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
        TimeOrderedIds late = new TimeOrderedIds(InstantSource.fixed(Instant.parse("2026-01-01T00:00:01Z")));
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            assertThat(ids.add(early.next())).isTrue();
        }
        assertThat(UUID.fromString(early.next()).version()).isEqualTo(7);
        assertThat(UUID.fromString(early.next()).variant()).isEqualTo(2);
        assertThat(early.next()).isLessThan(late.next());
    }
}
