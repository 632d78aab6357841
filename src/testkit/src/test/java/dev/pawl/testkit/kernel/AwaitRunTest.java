package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.FinishedRuns;
import dev.pawl.testkit.InMemoryNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitRunTest {

    private final Cluster cluster = new Cluster(Flows.line("line", "a"));
    private final InMemoryNode node = cluster.node("n");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch looked = new CountDownLatch(1);
    private final FinishedRuns finished = new FinishedRuns(noted(cluster.database.queries()));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aRunThatEndedBeforeAnyoneWaitedIsAnsweredAtOnce() {
        RunId run = Cluster.execute(node, Flows.create("line")).runId();
        node.worker().wake();
        cluster.awaitIdle();

        Optional<RunView> view = finished.awaitFinished(Caller.DEFAULT_TENANT, run, Duration.ZERO);

        assertThat(view).map(RunView::status).contains(RunStatus.COMPLETED);
    }

    @Test
    void aRunIsReadOnlyOnceItHasEnded() throws Exception {
        node.worker().close();
        RunId run = Cluster.execute(node, Flows.create("line")).runId();

        Future<Optional<RunView>> waiting =
                cluster.elsewhere(() -> finished.awaitFinished(Caller.DEFAULT_TENANT, run, Cluster.LONGEST));
        Cluster.await(looked);
        assertThat(asked).containsExactly("statuses");
        Cluster.execute(node, new CancelRun(run, "enough"));
        finished.finished(run);

        assertThat(waiting.get()).map(RunView::status).contains(RunStatus.CANCELLED);
        assertThat(asked).containsExactly("statuses", "find");
    }

    @Test
    void aRunOfAnotherTenantIsNotAnswered() {
        RunId run = Cluster.execute(node, Flows.create("line")).runId();
        node.worker().wake();
        cluster.awaitIdle();

        assertThat(finished.awaitFinished("another", run, Duration.ZERO)).isEmpty();
    }

    private RunQueries noted(RunQueries queries) {
        return (RunQueries) Proxy.newProxyInstance(
                RunQueries.class.getClassLoader(), new Class<?>[] {RunQueries.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    try {
                        return method.invoke(queries, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        looked.countDown();
                    }
                });
    }
}
