package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.command.ServeListener;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.query.DeadLetterQueries.DeadLetterView;
import dev.pawl.engine.query.EventView;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-25")
class ListenerTest {

    /** Keeps what it heard, and fails as it is told to. */
    static final class Recorder implements RunListener {
        interface Reaction {
            void to(RunEventInfo event) throws Exception;
        }

        final List<RunEventInfo> heard = new CopyOnWriteArrayList<>();
        private final String id;
        private final Set<String> types;
        private final boolean transactional;
        private Reaction reaction = event -> {};

        Recorder(String id, String... types) {
            this(id, false, types);
        }

        Recorder(String id, boolean transactional, String... types) {
            this.id = id;
            this.transactional = transactional;
            this.types = Set.of(types);
        }

        Recorder reacting(Reaction to) {
            reaction = to;
            return this;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Set<String> eventTypes() {
            return types;
        }

        @Override
        public boolean transactional() {
            return transactional;
        }

        @Override
        public void onEvent(RunEventInfo event) throws Exception {
            heard.add(event);
            reaction.to(event);
        }

        List<String> types() {
            return heard.stream().map(RunEventInfo::type).toList();
        }

        List<Integer> attempts() {
            return heard.stream().map(RunEventInfo::attempt).toList();
        }
    }

    private final TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));

    private List<DeadLetterView> dead() {
        return engine.database()
                .deadLetterQueries()
                .list(DeadLetters.Selection.ofTenant(Caller.DEFAULT_TENANT), Optional.empty(), 100)
                .items();
    }

    private int replay(ReplayDeadLetters command) {
        int replayed = engine.execute(command).replayed();
        engine.runUntilIdle();
        return replayed;
    }

    @Test
    void aListenerHearsWhatItAsksForInOrder() {
        Recorder ends = new Recorder("ends", "workflow:completed", "workflow:failed");
        Recorder stages = new Recorder("stages", "stage:*");
        Recorder all = new Recorder("all", "*");
        engine.listeners(ends, stages, all);

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(ends.types()).containsExactly("workflow:completed");
        assertThat(stages.types())
                .containsExactly("stage:started", "stage:completed", "stage:started", "stage:completed");
        assertThat(all.types()).isEqualTo(run.eventTypes());
        assertThat(all.heard).extracting(RunEventInfo::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void anEventTellsWhatHappenedAndWhereFrom() {
        Recorder listener = new Recorder("stages", "stage:completed");
        engine.listeners(listener);

        TestRun run = engine.start("flow", Flows.HELLO);

        EventView recorded = run.events().get(3);
        assertThat(listener.heard.get(0))
                .isEqualTo(new RunEventInfo(
                        run.id() + ":4",
                        run.id().value(),
                        "flow",
                        Caller.DEFAULT_TENANT,
                        run.id().value(),
                        4,
                        "stage:completed",
                        recorded.occurredAt(),
                        recorded.causationId(),
                        listener.heard.get(0).payload(),
                        1));
        assertThat(listener.heard.get(0).payload()).containsEntry("stage", "a").containsEntry("attempt", 1);
    }

    @Test
    void aListenerThatFailsTwiceIsCalledThreeTimes() {
        AtomicInteger failures = new AtomicInteger(2);
        Recorder listener = new Recorder("flaky", "workflow:completed").reacting(event -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not now");
            }
        });
        engine.listeners(listener);

        engine.start("flow", Flows.HELLO);
        assertThat(listener.attempts()).containsExactly(1);
        engine.advance(Duration.ofMillis(999));
        assertThat(listener.attempts()).containsExactly(1);
        engine.advance(Duration.ofMillis(1));
        assertThat(listener.attempts()).containsExactly(1, 2);
        engine.advance(Duration.ofSeconds(2));
        assertThat(listener.attempts()).containsExactly(1, 2, 3);
        engine.advance(Duration.ofHours(1));

        assertThat(listener.attempts()).containsExactly(1, 2, 3);
        assertThat(listener.heard)
                .extracting(RunEventInfo::id)
                .hasSameElementsAs(Set.of(listener.heard.get(0).id()));
        assertThat(dead()).isEmpty();
    }

    @Test
    void afterThreeCallsTheEventIsADeadLetterOfThatListenerAndTheNextOneFollows() {
        Recorder listener = new Recorder("broken", "stage:*").reacting(event -> {
            if (event.sequence() == 4) {
                throw new IOException("never this one");
            }
        });
        engine.listeners(listener);

        TestRun run = engine.start("flow", Flows.HELLO);
        engine.advance(Duration.ofMinutes(1));

        assertThat(listener.heard).extracting(RunEventInfo::sequence).containsExactly(3L, 4L, 4L, 4L, 5L, 6L);
        assertThat(dead()).singleElement().satisfies(letter -> {
            assertThat(letter.listener()).isEqualTo("broken");
            assertThat(letter.runId()).isEqualTo(run.id().value());
            assertThat(letter.sequence()).isEqualTo(4);
            assertThat(letter.events()).containsExactly("stage:completed");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.reason()).isEqualTo("java.io.IOException: never this one");
        });
    }

    @Test
    void whatCannotGetBetterIsADeadLetterAtOnce() {
        Recorder listener = new Recorder("strict", "workflow:completed").reacting(event -> {
            throw new NonRetryableException("WRONG", "not this");
        });
        engine.listeners(listener);

        engine.start("flow", Flows.HELLO);

        assertThat(listener.attempts()).containsExactly(1);
        assertThat(dead()).extracting(DeadLetterView::attempts).containsExactly(1);
    }

    @Test
    @Tag("K-24")
    void ofThreeDeadLettersTwoAreReplayedAndOneStays() {
        Recorder listener = new Recorder("broken", "workflow:completed").reacting(event -> {
            throw new NonRetryableException("WRONG", "not this");
        });
        engine.listeners(listener);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(engine.start("flow", Flows.HELLO).id().value());
            engine.advance(Duration.ofSeconds(1));
        }
        listener.heard.clear();
        listener.reacting(event -> {});

        assertThat(replay(ReplayDeadLetters.oldest(2))).isEqualTo(2);

        assertThat(listener.heard).extracting(RunEventInfo::runId).containsExactlyElementsOf(runs.subList(0, 2));
        assertThat(listener.attempts()).containsOnly(1);
        assertThat(dead()).extracting(DeadLetterView::runId).containsExactly(runs.get(2));
        assertThat(replay(new ReplayDeadLetters(10, null, null, "")))
                .as("of the topic")
                .isZero();
        assertThat(replay(new ReplayDeadLetters(10, new RunId(runs.get(2)), "flow", "broken")))
                .isEqualTo(1);
        assertThat(dead()).isEmpty();
    }

    @Test
    void aFailingListenerDelaysNeitherTheTopicNorOtherListenersNorOtherRuns() {
        Recorder broken = new Recorder("broken", "*");
        Recorder fine = new Recorder("fine", "*");
        engine.listeners(broken, fine);
        TestRun bad = engine.submit(Flows.create("flow"));
        broken.reacting(event -> {
            if (event.runId().equals(bad.id().value())) {
                throw new IOException("not this run");
            }
        });

        engine.runUntilIdle();
        TestRun good = engine.start("flow", Flows.HELLO);

        assertThat(good.eventTypes()).hasSize(7);
        assertThat(of(broken, good)).isEqualTo(good.eventTypes());
        assertThat(of(fine, good)).isEqualTo(good.eventTypes());
        assertThat(of(fine, bad)).isEqualTo(bad.eventTypes());
        assertThat(of(broken, bad)).hasSize(1);
        assertThat(engine.published()).hasSize(14);
    }

    private static List<String> of(Recorder listener, TestRun run) {
        return listener.heard.stream()
                .filter(event -> event.runId().equals(run.id().value()))
                .map(RunEventInfo::type)
                .toList();
    }

    @Test
    void nothingIsWrittenForEventsNobodyListensTo() {
        Recorder listener = new Recorder("failures", "workflow:failed");
        engine.listeners(listener);
        engine.start("flow", Flows.HELLO);
        assertThat(listener.heard).isEmpty();
        assertThat(engine.database().nextRetry(java.time.Instant.MIN)).isEmpty();
    }

    @Test
    void userCodeRunsOutsideAnyTransaction() {
        List<Boolean> inTransaction = new ArrayList<>();
        engine.listeners(
                new Recorder("outside", "workflow:completed")
                        .reacting(event -> inTransaction.add(engine.database().isInTransaction())),
                new Recorder("within", true, "workflow:completed")
                        .reacting(event -> inTransaction.add(engine.database().isInTransaction())));

        engine.start("flow", Flows.HELLO);

        assertThat(inTransaction).containsExactlyInAnyOrder(false, true);
    }

    @Test
    void whatATransactionalListenerWritesIsKeptWhenItSucceedsAndOnlyThen() {
        AtomicInteger failures = new AtomicInteger(2);
        Recorder listener = new Recorder("ledger", true, "workflow:completed").reacting(event -> {
            engine.database().blobs().put("ledger/" + event.id() + "/" + event.attempt(), "booked");
            if (failures.getAndDecrement() > 0) {
                throw new IOException("after it wrote");
            }
        });
        engine.listeners(listener);

        TestRun run = engine.start("flow", Flows.HELLO);
        engine.advance(Duration.ofMinutes(1));

        assertThat(listener.attempts()).containsExactly(1, 2, 3);
        assertThat(engine.database().blobs().list("ledger/")).containsExactly("ledger/" + run.id() + ":7/3");
        assertThat(dead()).isEmpty();
    }

    @Test
    void aListenerMayStartRuns() {
        Recorder listener = new Recorder("chain", "workflow:completed");
        listener.reacting(event -> {
            if (listener.heard.size() < 4) {
                engine.execute(Flows.create("flow"));
            }
        });
        engine.listeners(listener);

        engine.start("flow", Flows.HELLO);

        assertThat(listener.heard)
                .extracting(RunEventInfo::runId)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void aListenerThatKillsItsServersIsGivenUpInTheEnd() {
        engine.listeners(new Recorder("deadly", "workflow:created"));
        engine.submit(Flows.create("flow"));
        List<Integer> attempts = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            ServeListener serve = new ServeListener("deadly", "node#" + i, 1, Duration.ofSeconds(30), 3, List.of());
            engine.execute(serve).taken().forEach(delivery -> attempts.add(delivery.attempt()));
            engine.clock().advance(Duration.ofSeconds(30));
        }

        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(dead()).singleElement().satisfies(letter -> assertThat(letter.reason())
                .startsWith("Each of 3 calls"));
    }

    @Test
    void severalServersCallEachListenerOnceForEachEventAndInOrder() {
        Map<String, List<Long>> heard = new ConcurrentHashMap<>();
        Recorder listener = new Recorder("all", "*")
                .reacting(event -> heard.computeIfAbsent(event.runId(), run -> new CopyOnWriteArrayList<>())
                        .add(event.sequence()));
        try (Cluster cluster = new Cluster(new Listeners(List.of(listener)), Flows.line("flow", "a", "b"))) {
            List<InMemoryNode> nodes = List.of(cluster.node("one"), cluster.node("two"), cluster.node("three"));
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                runs.add(Cluster.execute(nodes.get(i % 3), Flows.create("flow")).runId());
            }
            cluster.awaitIdle();
            nodes.forEach(node -> node.listeners().look());
            cluster.awaitIdle();

            assertThat(runs).allSatisfy(run -> assertThat(heard.get(run.value()))
                    .isEqualTo(cluster.events(run).stream()
                            .map(EventView::sequence)
                            .toList()));
        }
    }

    @Test
    void aListenerThatHangsKeepsNoOtherWaiting() {
        CountDownLatch hanging = new CountDownLatch(1);
        Recorder slow = new Recorder("slow", "*").reacting(event -> Cluster.await(hanging));
        Recorder fine = new Recorder("fine", "*");
        try (Cluster cluster = new Cluster(new Listeners(List.of(slow, fine)), Flows.line("flow", "a"))) {
            InMemoryNode node = cluster.node("one");
            for (int i = 0; i < 20; i++) {
                Cluster.execute(node, Flows.create("flow"));
            }
            CountDownLatch heard = new CountDownLatch(1);
            fine.reacting(event -> {
                if (fine.heard.size() == 100) {
                    heard.countDown();
                }
            });
            Cluster.await(heard);
            assertThat(slow.heard).as("one call for each of its places").hasSize(4);
            hanging.countDown();
            cluster.awaitIdle();
            node.listeners().look();
            cluster.awaitIdle();
            assertThat(slow.heard).hasSize(100);
        }
    }

    @Test
    void listenersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Listeners(List.of(new Recorder("twice", "*"), new Recorder("twice", "a"))))
                .hasMessageContaining("two listeners 'twice'");
        assertThatThrownBy(() -> new Listeners(List.of(new Recorder("no good", "*"))))
                .hasMessageContaining("'no good'");
        assertThatThrownBy(() -> new Listeners(List.of(new Recorder("deaf"))))
                .hasMessageContaining("asks for no events");
    }

    @Test
    void patternsMeanWhatTheySay() {
        Listeners listeners = new Listeners(List.of(
                new Recorder("exact", "stage:started"),
                new Recorder("prefix", "stage:*"),
                new Recorder("suffix", "*:failed"),
                new Recorder("dots", "stage.started")));

        assertThat(listeners.hearing("stage:started")).containsExactly("exact", "prefix");
        assertThat(listeners.hearing("stage:failed")).containsExactly("prefix", "suffix");
        assertThat(listeners.hearing("workflow:failed")).containsExactly("suffix");
        assertThat(listeners.hearing("workflow:created")).isEmpty();
    }
}
