package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A declared retry and a database that fails. */
@Tag("M-17")
class RepeatCommandTest {
    private static final String COUNTER = """
            entity Counter {
              property required id: string
              property value: number = 0
              command plain() { mutate value = self.value + 1 }
              command patient() {
                retry { maxAttempts: 4 backoff: exponential delay: 100 maxDelay: 300 retryOn: "TIMEOUT" }
                mutate value = self.value + 1
              }
              command linear() {
                retry { maxAttempts: 3 backoff: linear delay: 500 jitter: true }
                mutate value = self.value + 1
              }
              command stubborn() {
                retry { maxAttempts: 1000000 backoff: fixed delay: 0 }
                mutate value = self.value + 1
              }
              command slow() {
                retry { maxAttempts: 9 backoff: fixed delay: 20000 }
                mutate value = self.value + 1
              }
            }
            """;

    private final Failing database = new Failing();
    private final List<Duration> pauses = new ArrayList<>();
    private final ManifestRuntime runtime = ManifestRuntime.of(
            List.of(RuntimeFixture.compile(COUNTER)),
            RuntimePorts.on(database, InstantSource.system())
                    .withPauses(failed -> pauses.add(failed.pause()), () -> 0.5),
            RuntimeOptions.DEFAULT);

    RepeatCommandTest() {
        runtime.execute(CommandCall.storing("Counter", RuntimeFixture.json("{'id':'c1'}")));
    }

    @Test
    void aFailureTheRetryNamesIsTriedAgainAfterTheDeclaredPauses() {
        database.failures.addAll(List.of(
                EntityTransactions.Passing.TIMEOUT,
                EntityTransactions.Passing.TIMEOUT,
                EntityTransactions.Passing.TIMEOUT));

        assertThat(run("patient").instance().version()).isEqualTo(2);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    void theLastFailureIsThrownWhenAttemptsAreUsedUp() {
        for (int i = 0; i < 4; i++) {
            database.failures.add(EntityTransactions.Passing.TIMEOUT);
        }

        assertThatThrownBy(() -> run("patient")).isInstanceOf(Broken.class);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void aFailureTheRetryDoesNotNameIsThrown() {
        database.failures.add(EntityTransactions.Passing.STORE_UNAVAILABLE);

        assertThatThrownBy(() -> run("patient")).isInstanceOf(Broken.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRetryThatNamesNoneCoversAllThatPassesAndJitterShortensPauses() {
        database.failures.addAll(
                List.of(EntityTransactions.Passing.STORE_UNAVAILABLE, EntityTransactions.Passing.TECHNICAL_FAILURE));

        assertThat(run("linear").success()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void aCommandWithoutRetryFailsAtOnce() {
        database.failures.add(EntityTransactions.Passing.TIMEOUT);

        assertThatThrownBy(() -> run("plain")).isInstanceOf(Broken.class);
    }

    @Test
    void nobodyIsKeptWaitingForever() {
        for (int i = 0; i < 9; i++) {
            database.failures.add(EntityTransactions.Passing.TIMEOUT);
        }

        assertThatThrownBy(() -> run("slow")).isInstanceOf(Broken.class);
        assertThat(pauses).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void noMoreThanAHundredAttemptsAreMadeWithoutPauses() {
        for (int i = 0; i < 200; i++) {
            database.failures.add(EntityTransactions.Passing.TIMEOUT);
        }

        assertThatThrownBy(() -> run("stubborn")).isInstanceOf(Broken.class);
        assertThat(pauses).hasSize(99);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotRepeated() {
        database.failures.add(EntityTransactions.Passing.TIMEOUT);
        database.afterCommit = true;

        CommandResult result = run("patient");

        assertThat(result.success()).isTrue();
        assertThat(result.instance().properties().get("value").asInt()).isEqualTo(1);
        assertThat(result.instance().version()).isEqualTo(2);
        assertThat(pauses).hasSize(1);
    }

    private CommandResult run(String command) {
        return runtime.execute(CommandCall.of("Counter", command, "c1"));
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final EntityTransactions.Passing kind;

        Broken(EntityTransactions.Passing kind) {
            super(kind.name());
            this.kind = kind;
        }
    }

    private static final class Failing implements EntityTransactions {
        private final InMemoryEntities entities = new InMemoryEntities();
        private final Deque<Passing> failures = new ArrayDeque<>();
        private boolean afterCommit;

        @Override
        public <T> T inTransaction(Function<EntityUnitOfWork, T> work) {
            Passing failure = failures.poll();
            if (failure == null) {
                return entities.inTransaction(work);
            }
            if (afterCommit) {
                entities.inTransaction(work);
            }
            throw new Broken(failure);
        }

        @Override
        public Optional<Passing> passing(RuntimeException failure) {
            return failure instanceof Broken broken ? Optional.of(broken.kind) : Optional.empty();
        }
    }
}
