package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.work.StartDesk;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-01")
class StartDeskTest {

    private static final int CALLERS = 40;

    private final Cluster cluster = new Cluster(Flows.line("line", "a", "b"));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> troubles = new ConcurrentLinkedQueue<>();
    private final InMemoryNode node = cluster.node("n", WorkerSettings.DEFAULT, this::noted);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final StartDesk desk = new StartDesk(node.worker(), Tracing.NONE);

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
        return desk.start(create, Envelope.of(create, Caller.ANONYMOUS));
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

    private static boolean isFailed(CompletableFuture<RunId> answer) {
        return answer.handle((run, failure) -> failure != null).join();
    }

    private static List<RunId> started(List<CompletableFuture<RunId>> answers) {
        return answers.stream()
                .filter(answer -> !isFailed(answer))
                .map(CompletableFuture::join)
                .toList();
    }
}
