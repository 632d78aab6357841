package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunEnd;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.FinishedRuns;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.ManualLater;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class AwaitRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster = new Cluster(Flows.line("line", "a"));
    private final InMemoryNode node = cluster.node("n");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ManualLater later = new ManualLater(cluster.clock);
    private final FinishedRuns finished =
            new FinishedRuns(noted(cluster.database.queries()), Runnable::run, later, cluster.clock);

    @AfterEach
    void close() {
        cluster.close();
    }

    private RunId begun() {
        node.worker().close();
        return Cluster.execute(node, Flows.create("line")).runId();
    }

    private CompletableFuture<Optional<RunView>> await(RunId run, Duration patience) {
        return finished.whenFinished(Caller.DEFAULT_TENANT, run, patience).toCompletableFuture();
    }

    private RunEnd cancelled(RunId run) {
        return new RunEnd(run, Caller.DEFAULT_TENANT, RunStatus.CANCELLED, cluster.clock.now(), null);
    }

    @Test
    void whoOnlyWantsToKnowHowARunEndedHereIsToldWithoutAQuery() {
        RunId run = begun();
        var answer = finished.whenEnded(Caller.DEFAULT_TENANT, run, PATIENCE).toCompletableFuture();
        var ofAnother =
                finished.whenEnded("another", run, Duration.ofSeconds(1)).toCompletableFuture();

        Cluster.execute(node, new CancelRun(run, "enough"));
        RunEnd end = cancelled(run);
        finished.finished(end);

        assertThat(answer.join()).contains(end);
        assertThat(asked).as("the one question is that of the other tenant").containsExactly("find");
        assertThat(ofAnother).isNotDone();
        later.advance(Duration.ofSeconds(1));
        assertThat(ofAnother.join()).isEmpty();
    }

    @Test
    void howARunEndedElsewhereIsReadOnceItIsNoticed() {
        RunId run = begun();
        var answer = finished.whenEnded(Caller.DEFAULT_TENANT, run, PATIENCE).toCompletableFuture();
        Cluster.execute(node, new CancelRun(run, "enough"));

        later.advance(Duration.ofMillis(250));

        assertThat(answer.join()).map(RunEnd::status).contains(RunStatus.CANCELLED);
    }

    @Test
    void whoWaitsIsAnsweredAsSoonAsTheRunEndsHereWithoutAnybodyLooking() {
        RunId run = begun();
        var answer = await(run, PATIENCE);
        assertThat(answer).isNotDone();
        assertThat(asked).isEmpty();

        Cluster.execute(node, new CancelRun(run, "enough"));
        finished.finished(cancelled(run));

        assertThat(answer.join()).map(RunView::status).contains(RunStatus.CANCELLED);
        assertThat(asked).containsExactly("find");
        assertThat(finished.waiting()).isZero();
    }

    @Test
    void aRunThatEndedHereBetweenItsCreationAndTheWaitIsAnsweredAtOnce() {
        RunId run = begun();
        Cluster.execute(node, new CancelRun(run, "enough"));
        finished.finished(cancelled(run));

        assertThat(await(run, PATIENCE).join()).map(RunView::status).contains(RunStatus.CANCELLED);
        assertThat(asked).containsExactly("find");
    }

    @Test
    @Tag("J-03")
    void runsThatEndOnAnotherServerAreNoticedWithOneQueryForAll() {
        List<RunId> runs = new ArrayList<>();
        List<CompletableFuture<Optional<RunView>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RunId run = begun();
            runs.add(run);
            answers.add(await(run, PATIENCE));
        }
        later.advance(Duration.ofMillis(250));
        assertThat(asked).containsExactly("statuses");
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        runs.forEach(run -> Cluster.execute(node, new CancelRun(run, "enough")));
        later.advance(Duration.ofMillis(250));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isPresent());
        assertThat(asked.stream().filter("statuses"::equals)).hasSize(2);
    }

    @Test
    void patienceEndsOnTimeAndNobodyLooksWhenNobodyWaits() {
        var answer = await(begun(), Duration.ofMillis(600));
        later.advance(Duration.ofMillis(599));
        assertThat(answer).isNotDone();

        later.advance(Duration.ofMillis(1));

        assertThat(answer.join()).isEmpty();
        int before = asked.size();
        later.advance(Duration.ofMinutes(1));
        assertThat(asked).hasSize(before);
        assertThat(later.waiting()).isZero();
    }

    @Test
    void aRunOfAnotherTenantIsNotAnswered() {
        RunId run = begun();
        Cluster.execute(node, new CancelRun(run, "enough"));
        finished.finished(cancelled(run));

        var answer =
                finished.whenFinished("another", run, Duration.ofSeconds(1)).toCompletableFuture();
        assertThat(answer).isNotDone();
        later.advance(Duration.ofSeconds(1));

        assertThat(answer.join()).isEmpty();
    }

    @Test
    void severalCallersMayWaitForOneRunEachWithItsOwnPatience() {
        RunId run = begun();
        var brief = await(run, Duration.ofMillis(100));
        var patient = await(run, PATIENCE);
        later.advance(Duration.ofMillis(100));
        assertThat(brief.join()).isEmpty();
        assertThat(patient).isNotDone();

        Cluster.execute(node, new CancelRun(run, "enough"));
        finished.finished(cancelled(run));

        assertThat(patient.join()).isPresent();
    }

    private RunQueries noted(RunQueries queries) {
        return (RunQueries) Proxy.newProxyInstance(
                RunQueries.class.getClassLoader(), new Class<?>[] {RunQueries.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    try {
                        return method.invoke(queries, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
