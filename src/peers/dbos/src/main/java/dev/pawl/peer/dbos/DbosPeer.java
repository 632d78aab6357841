package dev.pawl.peer.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.pawl.peer.Peer;
import dev.pawl.peer.RunBook;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Workflows that clients wait for are started at once; those of a burst go through a queue without a limit of its own, which
 * this process listens to or not.
 */
public final class DbosPeer implements Peer {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final String WORK = "work";
    private static final String NO_WORK = "no-work";

    private final Map<Integer, WorkflowHandle<Void, RuntimeException>> handles = new ConcurrentHashMap<>();
    private DataSource database;
    private RunBook book;
    private DBOS dbos;
    private ThreeSteps flow;
    private String listensTo = "";

    /** What is called through the engine's proxy. */
    public interface ThreeSteps {
        void run(int run);
    }

    /** The workflow itself. */
    public static final class ThreeStepsCode implements ThreeSteps {
        private final DBOS dbos;
        private final RunBook book;

        ThreeStepsCode(DBOS dbos, RunBook book) {
            this.dbos = dbos;
            this.book = book;
        }

        @Override
        @Workflow(name = "three-steps")
        public void run(int run) {
            dbos.runStep(() -> book.step(run, 0), "one");
            dbos.runStep(() -> book.step(run, 1), "two");
            dbos.runStep(() -> book.step(run, 2), "three");
            book.completed(run);
        }
    }

    @Override
    public String version() {
        return DBOS.version();
    }

    @Override
    public void open(DataSource database, RunBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public void startWorkers() {
        listenTo(WORK);
    }

    @Override
    public void stopWorkers() {
        listenTo(NO_WORK);
    }

    private void listenTo(String queue) {
        if (listensTo.equals(queue)) {
            return;
        }
        if (dbos != null) {
            dbos.shutdown();
        }
        dbos = new DBOS(DBOSConfig.defaults("peer")
                .withDataSource(database)
                .withAppVersion("1")
                .withExecutorId("1")
                .withUseListenNotify(true)
                .withListenQueues(queue));
        dbos.registerQueues(new Queue(WORK).withPollingInterval(POLL), new Queue(NO_WORK));
        flow = dbos.registerProxy(ThreeSteps.class, new ThreeStepsCode(dbos, book));
        dbos.launch();
        listensTo = queue;
    }

    @Override
    public void start(int run) {
        handles.put(run, dbos.startWorkflow(() -> flow.run(run), new StartWorkflowOptions("run-" + run)));
    }

    @Override
    public void queue(int run) {
        dbos.startWorkflow(() -> flow.run(run), new StartWorkflowOptions("run-" + run).withQueue(WORK));
    }

    @Override
    public void await(int run) {
        handles.remove(run).getResult();
    }

    @Override
    public String openRuns() {
        return "select count(*) from dbos.workflow_status where status in ('PENDING', 'ENQUEUED', 'DELAYED')";
    }
}
