package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.port.EventLog;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import dev.pawl.manifest.runtime.port.RateLimitStore;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when a row changes between a command's read and its write, as it can in a database. */
@Tag("M-12")
@Tag("K-27")
class LostRacesTest {
    private static final String COUNTER = """
            entity Counter {
              property required id: string
              property value: number = 0
              command increment() {
                guard self.value < 3
                mutate value = self.value + 1
              }
              command retried() {
                retry {
                  maxAttempts: 6
                  backoff: fixed
                  delay: 0
                  retryOn: "CONCURRENCY_CONFLICT"
                }
                mutate value = self.value + 1
              }
            }
            store Counter in memory
            """;

    private final Interference interference = new Interference();
    private final ManifestRuntime runtime = ManifestRuntime.of(
            List.of(RuntimeFixture.compile(COUNTER)),
            RuntimePorts.on(interference, InstantSource.system()),
            RuntimeOptions.DEFAULT);

    LostRacesTest() {
        runtime.execute(CommandCall.storing("Counter", RuntimeFixture.json("{'id':'c1'}")));
    }

    @Test
    void aCommandThatLostARaceRunsAgainOnWhatTheOtherLeft() {
        interference.times = 1;

        CommandResult result = runtime.execute(CommandCall.of("Counter", "increment", "c1"));

        assertThat(result.instance().properties().get("value").asInt()).isEqualTo(2);
        assertThat(result.instance().version()).isEqualTo(3);
    }

    @Test
    void itsGuardsAreAskedAgain() {
        interference.times = 3;

        CommandResult result = runtime.execute(CommandCall.of("Counter", "increment", "c1"));

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.GUARD_FAILED);
    }

    @Test
    void aCallerWhoStatedTheVersionIsToldOfTheConflict() {
        interference.times = 1;

        CommandResult result = runtime.execute(
                CommandCall.of("Counter", "increment", "c1").with(CallOptions.NONE.withExpectedVersion(1L)));

        assertThat(result.error()).contains("Concurrency conflict on Counter#c1: expected version 1, actual 2");
        assertThat(interference.entities.eventLog())
                .extracting(event -> event.name())
                .containsExactly("ConcurrencyConflict");
    }

    @Test
    void aRaceLostTooOftenIsAConflictUnlessTheCommandDeclaresMorePatience() {
        interference.times = 5;
        assertThat(runtime.execute(CommandCall.of("Counter", "retried", "c1")).success())
                .isTrue();

        interference.times = 6;
        CommandResult result = runtime.execute(CommandCall.of("Counter", "retried", "c1"));

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.CONCURRENCY_CONFLICT);
    }

    /** Another command that adds one just before each of the next writes. */
    private static final class Interference implements EntityTransactions, EntityUnitOfWork, EntityStore {
        private final InMemoryEntities entities = new InMemoryEntities();
        private int times;
        private EntityUnitOfWork work;

        @Override
        public <T> T inTransaction(Function<EntityUnitOfWork, T> command) {
            return entities.inTransaction(open -> {
                work = open;
                return command.apply(this);
            });
        }

        @Override
        public boolean compareAndSet(StoredEntity next, long expectedVersion) {
            if (times > 0) {
                times--;
                StoredEntity current = work.entities().load(next.key()).orElseThrow();
                var changed = current.properties().deepCopy();
                changed.put("value", changed.get("value").asInt() + 1);
                work.entities()
                        .compareAndSet(
                                new StoredEntity(current.key(), current.version() + 1, changed), current.version());
            }
            return work.entities().compareAndSet(next, expectedVersion);
        }

        @Override
        public Optional<StoredEntity> load(EntityKey key) {
            return work.entities().load(key);
        }

        @Override
        public boolean insert(StoredEntity entity) {
            return work.entities().insert(entity);
        }

        @Override
        public List<StoredEntity> find(EntityQuery query) {
            return work.entities().find(query);
        }

        @Override
        public EntityStore entities() {
            return this;
        }

        @Override
        public IdempotencyStore idempotency() {
            return work.idempotency();
        }

        @Override
        public EventLog events() {
            return work.events();
        }

        @Override
        public RateLimitStore rateLimits() {
            return work.rateLimits();
        }

        @Override
        public ApprovalStore approvals() {
            return work.approvals();
        }
    }
}
