package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.work.CallerDesk;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-01")
class CallerDeskTest {

    private static final int CALLERS = 40;

    private final Cluster cluster = new Cluster(Flows.line("line", "a", "b"));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> troubles = new ConcurrentLinkedQueue<>();
    private final InMemoryNode node = cluster.node("n", WorkerSettings.DEFAULT, this::noted);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final CallerDesk desk = new CallerDesk(node.worker(), Tracing.NONE);

    @AfterEach
    void close() {
        callers.shutdownNow();
        cluster.close();
    }

    private CommandBus noted(CommandBus bus) {
        return new DisturbedBus(bus) {
            @Override
            public <R> Outcome<R> execute(Envelope<R> envelope) {
                asked.add(envelope.command().type());
                return super.execute(envelope);
            }

            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                asked.add("together " + envelopes.size());
                RuntimeException trouble = troubles.poll();
                if (trouble != null) {
                    throw trouble;
                }
                return super.executeTogether(envelopes);
            }
        };
    }

    private Outcome<CreateRun.Created> start(CreateRun create) {
        return desk.execute(Envelope.of(create, Caller.ANONYMOUS));
    }

    @Test
    void aRunIsBegunInTheTransactionThatCreatesItWhereItsWorkerHasRoom() {
        RunId run = start(Flows.create("line")).orThrow().runId();

        cluster.awaitIdle();
        assertThat(cluster.events(run))
                .extracting(EventView::type)
                .startsWith("workflow:created", "workflow:started", "stage:started")
                .endsWith("workflow:completed");
        assertThat(asked).as("nobody looks for it").doesNotContain("work.take");
    }

    @Test
    void whatIsAnsweredIsTheRunAsItWasCreated() {
        assertThat(start(Flows.create("line")).orThrow().status()).isEqualTo(RunStatus.PENDING);
    }

    @Test
    void aRunStaysPendingWhereItsWorkerTakesNoWork() {
        node.worker().close();

        RunId run = start(Flows.create("line")).orThrow().runId();

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.PENDING);
        assertThat(cluster.events(run)).extracting(EventView::type).containsExactly("workflow:created");
    }

    @Test
    void callersWhoComeTogetherEachHaveTheirOwnAnswer() {
        List<CompletableFuture<Outcome<CreateRun.Created>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String workflow = i % 4 == 0 ? "nowhere" : "line";
            answers.add(CompletableFuture.supplyAsync(() -> start(Flows.create(workflow)), callers));
        }

        List<RunId> started = new ArrayList<>();
        int refused = 0;
        for (CompletableFuture<Outcome<CreateRun.Created>> answer : answers) {
            if (answer.join() instanceof Outcome.Done<CreateRun.Created> done) {
                started.add(done.value().runId());
            } else {
                refused++;
            }
        }

        assertThat(refused).isEqualTo(CALLERS / 4);
        assertThat(started).hasSize(CALLERS - refused).doesNotHaveDuplicates();
        cluster.awaitIdle();
        assertThat(started)
                .allSatisfy(run -> assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED));
    }

    private List<CompletableFuture<RunId>> startTogether(int callersAtOnce) {
        List<CompletableFuture<RunId>> answers = new ArrayList<>();
        for (int i = 0; i < callersAtOnce; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> start(Flows.create("line")).orThrow().runId(), callers));
        }
        return answers;
    }

    @Test
    void whatFailsTogetherIsStartedOneByOne() {
        for (int i = 0; i < 3; i++) {
            troubles.add(new IllegalStateException("one of them does not fit"));
        }

        List<CompletableFuture<RunId>> answers = startTogether(CALLERS);

        long failed = answers.stream().filter(answer -> isFailed(answer)).count();
        assertThat(failed)
                .as("only those that came alone have nobody to share with")
                .isLessThanOrEqualTo(3);
        cluster.awaitIdle();
        assertThat(cluster.database.queries().statuses(started(answers)))
                .hasSize(CALLERS - (int) failed)
                .containsValue(RunStatus.COMPLETED);
    }

    @Test
    void nothingIsStartedAgainWhoseCommitMayHaveArrived() {
        troubles.add(new StoreUnavailableException(new IllegalStateException("gone while it was committed")));

        CompletableFuture<RunId> answer = startTogether(1).get(0);

        assertThat(isFailed(answer)).isTrue();
        assertThat(asked).filteredOn(type -> type.startsWith("together")).hasSize(1);
    }

    private static boolean isFailed(CompletableFuture<?> answer) {
        return answer.handle((run, failure) -> failure != null).join();
    }

    private static List<RunId> started(List<CompletableFuture<RunId>> answers) {
        return answers.stream()
                .filter(answer -> !isFailed(answer))
                .map(CompletableFuture::join)
                .toList();
    }

    // events

    private Outcome<PublishEvents.Accepted> publish(String type, String correlation) {
        PublishEvents command = PublishEvents.one(
                new PublishEvents.Event(null, type, correlation, JsonNodeFactory.instance.numberNode(1), null));
        assertThat(command.mayShare()).isTrue();
        return desk.execute(Envelope.of(command, Caller.ANONYMOUS));
    }

    private List<CompletableFuture<Outcome<PublishEvents.Accepted>>> publishTogether(
            String type, String... correlations) {
        return Arrays.stream(correlations)
                .map(correlation -> CompletableFuture.supplyAsync(() -> publish(type, correlation), callers))
                .toList();
    }

    private long kept(String type, String correlation) {
        Channel channel = new Channel(Caller.DEFAULT_TENANT, type, correlation);
        return cluster.transaction(() -> {
            cluster.database.waits().lock(Set.of(), Set.of(channel));
            return Stream.generate(() -> cluster.database.waits().take(channel, event -> true))
                    .takeWhile(Optional::isPresent)
                    .count();
        });
    }

    /** Nobody publishes events of this type, until the latch is at zero. */
    private Future<?> hold(String type, CountDownLatch release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Future<?> holder = callers.submit(() -> cluster.transaction(() -> {
            cluster.database.waits().lock(Set.of(), Set.of(new Channel(Caller.DEFAULT_TENANT, type, Awaited.ANY)));
            held.countDown();
            return release.await(15, TimeUnit.SECONDS);
        }));
        held.await();
        return holder;
    }

    private void awaitAsked(int times) throws InterruptedException {
        while (asked.stream().filter(type -> type.startsWith("together")).count() < times) {
            Thread.sleep(1);
        }
    }

    @Test
    void eventsThatComeTogetherAreOneTransactionAndARefusalConcernsItsOwn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Future<?> holder = hold("held", release);
        List<CompletableFuture<Outcome<PublishEvents.Accepted>>> first = new ArrayList<>(publishTogether("held", "a"));
        awaitAsked(1);
        first.addAll(publishTogether("held", "b"));
        awaitAsked(2);

        List<CompletableFuture<Outcome<PublishEvents.Accepted>>> answers =
                publishTogether("paid", "a", "b", " ", "c", "a");
        List<Outcome<PublishEvents.Accepted>> outcomes =
                answers.stream().map(CompletableFuture::join).toList();

        assertThat(first).as("whoever holds a channel holds up nobody else").noneMatch(CompletableFuture::isDone);
        release.countDown();
        holder.get();
        first.forEach(CompletableFuture::join);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.Refused<?>)
                .hasSize(1);
        assertThat(List.of(
                        kept("paid", "a"), kept("paid", "b"), kept("paid", "c"), kept("held", "a"), kept("held", "b")))
                .containsExactly(2L, 1L, 1L, 1L, 1L);
        assertThat(asked.stream().filter(type -> type.startsWith("together")))
                .as("transactions")
                .hasSizeLessThan(2 + answers.size());
    }

    @Test
    void eventsThatFailTogetherArePublishedOnceEach() throws Exception {
        troubles.add(new IllegalStateException("one of them does not fit"));
        CountDownLatch release = new CountDownLatch(1);
        Future<?> holder = hold("paid", release);
        List<CompletableFuture<Outcome<PublishEvents.Accepted>>> answers = publishTogether("paid", "a", "b", "c");
        release.countDown();
        holder.get();

        for (CompletableFuture<?> answer : answers) {
            isFailed(answer);
        }
        long published = answers.stream().filter(answer -> !isFailed(answer)).count();
        assertThat(published).as("one that came alone fails").isGreaterThanOrEqualTo(2);
        assertThat(kept("paid", "a") + kept("paid", "b") + kept("paid", "c")).isEqualTo(published);
    }

    @Test
    void noEventIsPublishedAgainWhoseCommitMayHaveArrived() {
        troubles.add(new StoreUnavailableException(new IllegalStateException("gone while it was committed")));

        CompletableFuture<?> answer = publishTogether("paid", "a").get(0);

        assertThat(answer)
                .failsWithin(Cluster.LONGEST)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailableException.class);
        assertThat(kept("paid", "a")).isZero();
    }

    @Test
    void severalEventsOfOneCommandHaveATransactionOfTheirOwn() {
        PublishEvents.Event event = new PublishEvents.Event(null, "paid", "a", null, null);
        assertThat(new PublishEvents(List.of(event, event)).mayShare()).isFalse();
    }
}
