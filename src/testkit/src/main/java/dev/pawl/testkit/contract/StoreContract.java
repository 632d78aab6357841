package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Transactions, threads and sample runs for the suites. */
public abstract class StoreContract {

    protected static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    protected static final String TENANT = "acme";
    private static final Duration A_WHILE = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final AtomicInteger LAST_ID = new AtomicInteger();

    protected final ExecutorService others = Executors.newCachedThreadPool();

    protected abstract StoreFixture fixture();

    @BeforeEach
    void beginEmpty() {
        fixture().clear();
        fixture().clock().set(NOW);
    }

    @AfterEach
    void endOthers() throws InterruptedException {
        others.shutdownNow();
        assertThat(others.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .as("every thread of the test ended")
                .isTrue();
    }

    protected RunStore runs() {
        return fixture().runs();
    }

    // transactions

    protected <T> T commit(Callable<T> work) {
        try {
            return fixture().inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    protected void committing(Runnable work) {
        commit(() -> {
            work.run();
            return true;
        });
    }

    protected void rollback(Runnable work) {
        assertThatThrownBy(() -> committing(() -> {
                    work.run();
                    throw new RolledBack();
                }))
                .isInstanceOf(RolledBack.class);
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A transaction on another thread that has done its work and stays open until it is told to end. */
    protected final class Held implements AutoCloseable {
        private final CountDownLatch done = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final Future<?> thread;
        private volatile boolean rollback;

        private Held(Runnable work) {
            thread = others.submit(() -> {
                try {
                    committing(() -> {
                        work.run();
                        done.countDown();
                        awaitLatch(end);
                        if (rollback) {
                            throw new RolledBack();
                        }
                    });
                } catch (RolledBack e) {
                    assertThat(rollback).isTrue();
                } finally {
                    done.countDown();
                }
            });
            awaitLatch(done);
            if (thread.isDone()) {
                get(thread);
            }
        }

        public void commit() {
            end.countDown();
            get(thread);
        }

        public void rollback() {
            rollback = true;
            commit();
        }

        @Override
        public void close() {
            commit();
        }
    }

    protected Held held(Runnable work) {
        return new Held(work);
    }

    protected <T> Future<T> elsewhere(Callable<T> work) {
        return others.submit(() -> fixture().inTransaction(work));
    }

    protected static <T> T get(Future<T> future) {
        try {
            return future.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    protected static void assertWaits(Future<?> future) {
        assertThatThrownBy(() -> future.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS))
                .as("the call waits for the other transaction")
                .isInstanceOf(TimeoutException.class);
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The other transaction did not come to its point");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // the outbox

    /** Everything that may be relayed now and was not tried yet. */
    protected EventOutbox.Batch freshEntries(int max) {
        EventOutbox outbox = fixture().outbox();
        return outbox.lock(outbox.peek(OutboxLane.FRESH, max, NOW));
    }

    /** How the outbox names an entry that was not tried yet. */
    protected EntryName freshName(RunId run, long firstSequence) {
        return commit(() -> freshEntries(100_000)).due().stream()
                .filter(named -> named.entry().key().equals(new EntryKey(run, firstSequence)))
                .findFirst()
                .orElseThrow()
                .name();
    }

    // sample runs

    protected static RunId nextId() {
        return new RunId("run-%06d".formatted(LAST_ID.incrementAndGet()));
    }

    protected static RunHeader header(RunId id, String tenant, int priority, Instant createdAt) {
        return new RunHeader(id, tenant, "flow", 3, priority, "corr-" + id, "ann", null, createdAt);
    }

    protected static RunRequest request(RunId id) {
        return new RunRequest(
                Payload.of("{\"of\":\"" + id + "\"}"),
                "{\"stage\":{\"limit\":2}}",
                "{\"note\":\"é \\\"quoted\\\" {x},\\\\\"}");
    }

    protected static Run newRun(RunHeader header) {
        Run run = Run.create(header, request(header.id()));
        run.record("workflow:created", header.createdAt(), "cause-create", "{\"workflow\":\"flow\"}");
        return run;
    }

    protected RunId pending() {
        return pending(5, NOW);
    }

    protected RunId pending(int priority, Instant createdAt) {
        RunId id = nextId();
        committing(() -> runs().save(List.of(newRun(header(id, TENANT, priority, createdAt)))));
        return id;
    }

    /** A RUNNING run with these steps PENDING in group 0, due at {@code due}. */
    protected RunId running(Instant due, String... stepIds) {
        RunId id = pending();
        change(id, run -> {
            run.start(NOW);
            run.open(0, steps(0, due, stepIds));
            run.record("workflow:started", NOW, "cause-start", "{}");
        });
        return id;
    }

    /** A RUNNING run whose only step is leased. */
    protected RunId leased(String owner, Instant until) {
        RunId id = running(NOW, "a");
        change(id, run -> run.lease("a", new Lease("token-" + id, owner, until), NOW));
        return id;
    }

    protected static List<StepState> steps(int group, @Nullable Instant due, String... stepIds) {
        List<StepState> steps = new ArrayList<>();
        for (String stepId : stepIds) {
            steps.add(StepState.pending(
                    stepId, "Step " + stepId, StepKind.STAGE, group, steps.size(), due == null ? NOW : due));
        }
        return steps;
    }

    protected void change(RunId id, Change change) {
        committing(() -> changeHere(id, change));
    }

    /** Inside the transaction of the caller. */
    protected void changeHere(RunId id, Change change) {
        Run run = lockOne(id);
        change.apply(run);
        runs().save(List.of(run));
    }

    protected interface Change {
        void apply(Run run);
    }

    protected Run lockOne(RunId id) {
        Run run = runs().lock(List.of(id)).get(id);
        assertThat(run).as("run " + id + " is in the store").isNotNull();
        return run;
    }

    protected Run stored(RunId id) {
        return commit(() -> lockOne(id));
    }

    protected static List<RunId> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }
}
