package dev.pawl.peer.flowable;

import dev.pawl.peer.Peer;
import dev.pawl.peer.RunBook;
import dev.pawl.peer.ThreeServiceTasks;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.job.service.impl.asyncexecutor.AsyncExecutor;
import org.flowable.job.service.impl.asyncexecutor.AsyncJobExecutorConfiguration;

/** A process of three asynchronous service tasks, so that each is a job and a transaction of its own. */
public final class FlowablePeer implements Peer {

    private static final int THREADS = 16;
    private static final int QUEUE = 2048;
    private static final Duration POLL = Duration.ofMillis(200);

    private static final String PROCESS = ThreeServiceTasks.bpmn("http://flowable.org/bpmn", "async", "");

    private RunBook book;
    private RuntimeService runtime;
    private AsyncExecutor workers;

    /** What the expressions of the process call. */
    public static final class Steps {
        private final RunBook book;

        Steps(RunBook book) {
            this.book = book;
        }

        public void execute(DelegateExecution execution, int step) {
            book.step(run(execution), step);
        }

        public void end(DelegateExecution execution) {
            int run = run(execution);
            Context.getTransactionContext()
                    .addTransactionListener(TransactionState.COMMITTED, context -> book.completed(run));
        }

        private static int run(DelegateExecution execution) {
            return Integer.parseInt(execution.getProcessInstanceBusinessKey());
        }
    }

    /** Mail is not sent here, and what it needs is not on the class path. */
    private static final class WithoutMail extends StandaloneProcessEngineConfiguration {
        @Override
        public void initMailClients() {
            // none
        }
    }

    @Override
    public String version() {
        return ProcessEngine.VERSION;
    }

    /** It takes a second connection while it holds one. */
    @Override
    public int connections() {
        return 96;
    }

    @Override
    public void open(DataSource database, RunBook book) {
        this.book = book;
        AsyncJobExecutorConfiguration polling = new AsyncJobExecutorConfiguration();
        polling.setDefaultAsyncJobAcquireWaitTime(POLL);
        polling.setDefaultTimerJobAcquireWaitTime(POLL);
        polling.setDefaultQueueSizeFullWaitTime(POLL);
        StandaloneProcessEngineConfiguration settings = new WithoutMail();
        settings.setAsyncExecutorConfiguration(polling);
        settings.setDataSource(database);
        settings.setDatabaseSchemaUpdate("true");
        settings.setHistoryLevel(HistoryLevel.ACTIVITY);
        settings.setIdGenerator(new StrongUuidGenerator());
        settings.setDisableIdmEngine(true);
        settings.setDisableEventRegistry(true);
        settings.setAsyncExecutorActivate(false);
        settings.setAsyncExecutorCorePoolSize(THREADS);
        settings.setAsyncExecutorMaxPoolSize(THREADS);
        settings.setAsyncExecutorThreadPoolQueueSize(QUEUE);
        settings.setBeans(Map.of("steps", new Steps(book)));
        ProcessEngine engine = settings.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addString(ThreeServiceTasks.ID + ".bpmn20.xml", PROCESS)
                .deploy();
        runtime = engine.getRuntimeService();
        workers = settings.getAsyncExecutor();
    }

    @Override
    public void startWorkers() {
        if (!workers.isActive()) {
            workers.start();
        }
    }

    @Override
    public void stopWorkers() {
        if (workers.isActive()) {
            workers.shutdown();
        }
    }

    @Override
    public void start(int run) {
        runtime.startProcessInstanceByKey(ThreeServiceTasks.ID, Integer.toString(run));
    }

    @Override
    public void await(int run) throws InterruptedException {
        book.await(run);
    }

    @Override
    public String openRuns() {
        return "select count(*) from act_ru_execution where parent_id_ is null";
    }
}
