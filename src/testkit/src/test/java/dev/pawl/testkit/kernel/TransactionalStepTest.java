package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.StaleRunException;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestEngine.AfterCrash;
import dev.pawl.testkit.TestRun;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The business row of these tests is a blob: it is written in the step's transaction like any row. */
@Tag("K-29")
class TransactionalStepTest {

    private static final StageOptions TWICE =
            StageOptions.transactional().withRetry(Retry.fixed(2, Duration.ofSeconds(1)));

    private @Nullable InMemoryDatabase database;

    private final TextStage book = TextStage.of("book", (context, input) -> {
                assertThat(db().isInTransaction()).isTrue();
                context.usage(1, 10);
                context.log().info("booking");
                db().blobs().put("booking/" + context.run().id() + "/" + context.attempt(), "booked");
                return input;
            })
            .with(TWICE);

    @Test
    void itsWorkCommitsWithTheReport() {
        TestEngine engine = engineWith(book);

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(bookings()).containsExactly("booking/" + run.id() + "/1");
        assertThat(run.logs()).extracting(LogView::message).containsExactly("booking");
    }

    @Test
    void aFailureRollsItsWorkBackAndIsRetried() {
        TextStage failing = TextStage.of("book", (context, input) -> {
                    book.execute(context, input);
                    if (context.attempt() == 1) {
                        throw new IOException("after the row was written");
                    }
                    return input;
                })
                .with(TWICE);
        TestEngine engine = engineWith(failing);

        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(bookings()).isEmpty();
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        engine.advance(Duration.ofSeconds(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(bookings()).containsExactly("booking/" + run.id() + "/2");
    }

    @Test
    void anOutputThatIsRefusedRollsItsWorkBack() {
        TestEngine engine = engineWith(TextStage.of("book", (context, input) -> {
                    book.execute(context, input);
                    return TransactionalStepTest.<Text>nothing();
                })
                .with(TWICE));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(bookings()).isEmpty();
    }

    @Test
    void aCrashBeforeTheCommitLeavesNothingBehind() {
        for (AfterCrash after : AfterCrash.values()) {
            TestEngine engine = engineWith(book).crashAfter("book").afterCrash(after);

            TestRun run = engine.start("flow", Flows.HELLO);
            engine.advance(TestEngine.LEASE.plusSeconds(1));

            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.executions("book")).isEqualTo(2);
            assertThat(bookings()).containsExactly("booking/" + run.id() + "/2");
            assertThat(run.events())
                    .filteredOn(event -> event.type().equals("stage:completed"))
                    .extracting(event -> event.payload().get("stage").asText())
                    .containsExactly("book", "after");
        }
    }

    @Test
    void aDiscardedReportRollsItsWorkBack() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        TextStage slow = TextStage.of("book", (context, input) -> {
                    book.execute(context, input);
                    begun.countDown();
                    Uninterruptibly.await(cancelled);
                    return input;
                })
                .with(TWICE);
        try (Cluster cluster = new Cluster(Flows.line("flow", slow))) {
            database = cluster.database;
            InMemoryNode node = cluster.node("node");
            RunId run = execute(node, Flows.create("flow")).runId();
            Cluster.await(begun);
            execute(node, new CancelRun(run, null));
            cancelled.countDown();
            cluster.awaitIdle();

            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(bookings()).isEmpty();
        }
    }

    @Test
    void aTransactionThatIsTriedAgainCountsItsFiguresOnce() {
        try (Cluster cluster = new Cluster(Flows.line("flow", book))) {
            database = cluster.database;
            AtomicReference<FirstCommitFails> disturbed = new AtomicReference<>();
            InMemoryNode node = cluster.node("node", WorkerSettings.DEFAULT, bus -> {
                disturbed.set(new FirstCommitFails(bus));
                return disturbed.get();
            });
            RunId run = execute(node, Flows.create("flow")).runId();
            cluster.awaitIdle();

            assertThat(disturbed.get().executions).isEqualTo(2);
            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(cluster.view(run).totals()).isEqualTo(new RunView.Totals(1, 10));
            assertThat(cluster.logs(run)).extracting(LogView::message).containsExactly("booking");
        }
    }

    /** The first transaction of a step loses against a concurrent one after all its work was done. */
    private static final class FirstCommitFails implements CommandBus {
        private final CommandBus bus;
        private int executions;

        FirstCommitFails(CommandBus bus) {
            this.bus = bus;
        }

        @Override
        public <R> Outcome<R> execute(Envelope<R> envelope) {
            return bus.execute(envelope);
        }

        @Override
        public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
            return bus.executeTogether(envelopes);
        }

        @Override
        public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
            return bus.executeWith(work, report, answer -> {
                executions++;
                if (executions == 1) {
                    throw new StaleRunException(new RunId("some-run"), 1);
                }
                return keep.test(answer);
            });
        }
    }

    private TestEngine engineWith(TextStage stage) {
        TestEngine engine = TestEngine.with(Flows.line("flow", stage, TextStage.append("after")));
        database = engine.database();
        return engine;
    }

    private InMemoryDatabase db() {
        assertThat(database).isNotNull();
        return database;
    }

    private List<String> bookings() {
        return db().blobs().list("booking/");
    }

    private static <T> T nothing() {
        return null;
    }
}
