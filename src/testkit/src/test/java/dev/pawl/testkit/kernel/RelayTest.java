package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.SinkUnavailableException;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.work.Relay;
import dev.pawl.testkit.InMemoryEventSink.Published;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-23")
class RelayTest {

    private final TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));

    @Test
    void oneBadRunDelaysNoOther() {
        TestRun bad = engine.submit(Flows.create("flow"));
        engine.sink().refuse(entry -> entry.run().equals(bad.id()));
        TestRun good = engine.submit(Flows.create("flow"));

        engine.runUntilIdle();

        assertThat(publishedOf(good.id())).isEqualTo(sequences(good));
        assertThat(publishedOf(bad.id())).isEmpty();
    }

    @Test
    void aRefusedEntryIsDeliveredLaterAndBeforeWhatCameAfterIt() {
        TestRun run = engine.submit(Flows.create("flow"));
        engine.sink().refuse(entry -> entry.firstSequence() == 2);
        engine.runUntilIdle();
        assertThat(publishedOf(run.id())).containsExactly(1L);

        engine.sink().refuse(entry -> false);
        engine.runUntilIdle();
        assertThat(publishedOf(run.id())).as("not before its time").containsExactly(1L);
        engine.advance(Duration.ofSeconds(1));

        assertThat(publishedOf(run.id())).isEqualTo(sequences(run));
    }

    @Test
    void attemptsAreSpacedMoreAndMore() {
        List<Long> tries = new ArrayList<>();
        long begin = engine.clock().now().getEpochSecond();
        engine.submit(Flows.create("flow"));
        engine.sink().refuse(entry -> tries.add(engine.clock().now().getEpochSecond() - begin));

        for (int i = 0; i < 60; i++) {
            engine.node().relay().relay();
            engine.clock().advance(Duration.ofSeconds(1));
        }

        // each time once with the batch and once alone
        assertThat(tries.stream().distinct().toList()).containsExactly(0L, 1L, 3L, 7L, 15L);
    }

    @Test
    void afterTooManyAttemptsAnEntryIsADeadLetterAndTheNextMayFollow() {
        TestRun run = engine.submit(Flows.create("flow"));
        engine.sink().refuse(entry -> entry.firstSequence() == 1);
        engine.runUntilIdle();
        assertThat(engine.published()).isEmpty();

        for (int i = 0; i < 30; i++) {
            engine.advance(Duration.ofSeconds(1));
        }

        List<Long> others = new ArrayList<>(sequences(run));
        others.remove(0);
        assertThat(publishedOf(run.id())).isEqualTo(others);
    }

    @Test
    void aBadRunAmongFiveHundredGoodOnesCostsAFewTransactionsAndThenOneAtATime() {
        List<TestRun> runs = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            runs.add(engine.submit(Flows.create("flow")));
        }
        TestRun bad = runs.remove(250);
        AtomicInteger tried = new AtomicInteger();
        engine.sink().refuse(entry -> {
            tried.incrementAndGet();
            return entry.run().equals(bad.id());
        });
        AtomicInteger transactions = new AtomicInteger();
        Relay relay = new Relay(counting(transactions), 100, 10);

        assertThat(relay.relay()).isEqualTo(500);

        assertThat(engine.published()).extracting(Published::run).doesNotContain(bad.id());
        assertThat(transactions.get())
                .as(
                        "6 batches of a look and a delivery, 14 deliveries for the halves, 1 to put it off, 2 looks at what is late")
                .isLessThanOrEqualTo(32);
        assertThat(tried.get()).as("entries handed to the sink").isLessThan(800);

        for (int i = 0; i < 100; i++) {
            TestRun more = engine.submit(Flows.create("flow"));
            engine.execute(new PauseRun(bad.id(), i % 2 == 0));
            transactions.set(0);
            engine.clock().advance(Duration.ofSeconds(1));
            relay.relay();
            assertThat(publishedOf(more.id())).containsExactly(1L);
            assertThat(transactions.get())
                    .as("two looks, the good ones, and where it is due, the late one and its postponement")
                    .isLessThanOrEqualTo(5);
        }
    }

    @Test
    void ofWhatOneTransactionRecordedOnlyTheBadEntryIsPutOff() {
        List<RunId> runs = createTogether(16);
        RunId bad = runs.get(5);
        engine.sink().refuse(entry -> entry.run().equals(bad));
        engine.node()
                .commands()
                .executeTogether(runs.stream()
                        .map(run -> Envelope.internal(new PauseRun(run, true)))
                        .toList());
        AtomicInteger transactions = new AtomicInteger();
        Relay relay = new Relay(counting(transactions), 100, 3);

        assertThat(relay.relay()).isEqualTo(30);

        assertThat(publishedOf(bad)).isEmpty();
        assertThat(transactions)
                .as("a look, at most ten deliveries for the halves, one to put it off, two looks more")
                .hasValueLessThanOrEqualTo(16);
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(relay.relay()).isZero();
        engine.sink().refuse(entry -> false);
        assertThat(relay.relay()).as("not before its time").isZero();
        engine.clock().advance(Duration.ofSeconds(2));
        assertThat(relay.relay()).isEqualTo(2);
        assertThat(runs).allSatisfy(run -> assertThat(publishedOf(run)).containsExactly(1L, 2L));
    }

    @Test
    void whatComesAfterAnEntryThatAnotherRelayHasInHandIsNotTriedBeforeIt() {
        TestRun run = engine.submit(Flows.create("flow"));
        engine.execute(new PauseRun(run.id(), true));
        engine.sink().refuse(entry -> true);
        AtomicInteger single = new AtomicInteger();
        CommandBus busyOnce = new DisturbedBus(engine.node().commands()) {
            @Override
            @SuppressWarnings("unchecked")
            public <R> Outcome<R> execute(Envelope<R> envelope) {
                boolean isFirstAlone = envelope.command() instanceof FlushOutbox flush
                        && flush.only().size() == 1
                        && single.getAndIncrement() == 0;
                return isFirstAlone
                        ? (Outcome<R>) new Outcome.Done<>(new FlushOutbox.Flushed(0, false))
                        : super.execute(envelope);
            }
        };
        assertThat(new Relay(busyOnce, 100, 10).relay()).isZero();
        assertThat(single)
                .as("the other one has the entry, and its run with it")
                .hasValue(1);

        engine.node().relay().relay();
        engine.sink().refuse(entry -> false);
        engine.clock().advance(Duration.ofSeconds(1));
        engine.node().relay().relay();

        assertThat(publishedOf(run.id())).containsExactly(1L, 2L);
    }

    private List<RunId> createTogether(int count) {
        return engine
                .node()
                .commands()
                .executeTogether(Stream.generate(() -> Envelope.internal(Flows.create("flow")))
                        .limit(count)
                        .toList())
                .stream()
                .map(outcome -> ((CreateRun.Created) outcome.orThrow()).runId())
                .toList();
    }

    @Test
    void aSinkThatRefusesEverythingCostsThreeTransactionsAnEntry() {
        for (int i = 0; i < 128; i++) {
            engine.submit(Flows.create("flow"));
        }
        engine.sink().refuse(entry -> true);
        AtomicInteger transactions = new AtomicInteger();

        assertThat(new Relay(counting(transactions), 100, 10).relay()).isZero();

        assertThat(transactions.get()).isLessThanOrEqualTo(3 * 128 + 4);
    }

    @Test
    void whileTheSinkCannotBeReachedNothingIsPutOff() {
        TestRun run = engine.submit(Flows.create("flow"));
        engine.sink().refuse(entry -> {
            throw new SinkUnavailableException("away", new IOException("no route"));
        });
        AtomicInteger transactions = new AtomicInteger();
        Relay relay = new Relay(counting(transactions), 100, 1);

        for (int i = 0; i < 50; i++) {
            assertThat(relay.relay()).isZero();
        }

        assertThat(transactions).as("it rests after the first try").hasValue(2);
        engine.sink().refuse(entry -> false);
        assertThat(new Relay(counting(transactions), 100, 1).relay()).isEqualTo(1);
        assertThat(publishedOf(run.id())).containsExactly(1L);
    }

    private CommandBus counting(AtomicInteger transactions) {
        return new DisturbedBus(engine.node().commands()) {
            @Override
            public <R> Outcome<R> execute(Envelope<R> envelope) {
                transactions.incrementAndGet();
                return super.execute(envelope);
            }
        };
    }

    @Test
    void severalRelaysAtOnceDeliverEachEventOnceAndInOrder() throws Exception {
        try (Cluster cluster = new Cluster(Flows.line("flow", "a", "b"))) {
            List<InMemoryNode> nodes = List.of(cluster.node("one"), cluster.node("two"), cluster.node("three"));
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                runs.add(Cluster.execute(nodes.get(i % 3), Flows.create("flow")).runId());
            }
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Integer>> relays = new ArrayList<>();
            for (InMemoryNode node : nodes) {
                relays.add(cluster.elsewhere(() -> {
                    Cluster.await(go);
                    return node.relay().relay();
                }));
            }
            go.countDown();
            for (Future<Integer> relay : relays) {
                assertThat(relay.get()).isNotNegative();
            }
            cluster.awaitIdle();
            nodes.get(0).relay().relay();

            assertThat(runs).allSatisfy(run -> assertThat(cluster.sink.published().stream()
                            .filter(published -> published.run().equals(run))
                            .map(published -> published.event().sequence())
                            .toList())
                    .isEqualTo(cluster.events(run).stream()
                            .map(EventView::sequence)
                            .toList()));
        }
    }

    private List<Long> publishedOf(RunId run) {
        return engine.published().stream()
                .filter(published -> published.run().equals(run))
                .map(published -> published.event().sequence())
                .toList();
    }

    private static List<Long> sequences(TestRun run) {
        return run.events().stream().map(EventView::sequence).toList();
    }
}
