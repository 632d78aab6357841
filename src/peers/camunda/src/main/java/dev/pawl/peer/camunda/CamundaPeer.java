package dev.pawl.peer.camunda;

import dev.pawl.peer.Peer;
import dev.pawl.peer.RunBook;
import dev.pawl.peer.ThreeServiceTasks;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;

/** A process of three service tasks, each begun asynchronously, so that each is a job and a transaction of its own. */
public final class CamundaPeer implements Peer {

    private static final int THREADS = 16;
    private static final int JOBS_AT_ONCE = 64;
    private static final int POLL_MILLIS = 200;

    private static final String PROCESS = ThreeServiceTasks.bpmn(
            "http://camunda.org/schema/1.0/bpmn", "asyncBefore", "engine:historyTimeToLive=\"P30D\"");

    private RunBook book;
    private RuntimeService runtime;
    private DefaultJobExecutor workers;

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
            Context.getCommandContext()
                    .getTransactionContext()
                    .addTransactionListener(TransactionState.COMMITTED, context -> book.completed(run));
        }

        private static int run(DelegateExecution execution) {
            return Integer.parseInt(execution.getProcessBusinessKey());
        }
    }

    @Override
    public String version() {
        return String.valueOf(ProcessEngine.class.getPackage().getImplementationVersion());
    }

    /** It takes a second connection for ids and deployments while it holds one. */
    @Override
    public int connections() {
        return 96;
    }

    @Override
    public void open(DataSource database, RunBook book) {
        this.book = book;
        workers = new DefaultJobExecutor();
        workers.setCorePoolSize(THREADS);
        workers.setMaxPoolSize(THREADS);
        workers.setQueueSize(JOBS_AT_ONCE);
        workers.setMaxJobsPerAcquisition(JOBS_AT_ONCE);
        workers.setWaitTimeInMillis(POLL_MILLIS);
        workers.setMaxWait(POLL_MILLIS);
        workers.setBackoffTimeInMillis(0);
        StandaloneProcessEngineConfiguration settings = new StandaloneProcessEngineConfiguration();
        settings.setDataSource(database);
        settings.setDatabaseSchemaUpdate("true");
        settings.setHistory("activity");
        settings.setIdGenerator(new StrongUuidGenerator());
        settings.setMetricsEnabled(false);
        settings.setJobExecutor(workers);
        settings.setJobExecutorActivate(false);
        Map<Object, Object> beans = new HashMap<>();
        beans.put("steps", new Steps(book));
        settings.setBeans(beans);
        ProcessEngine engine = settings.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addString(ThreeServiceTasks.ID + ".bpmn20.xml", PROCESS)
                .deploy();
        runtime = engine.getRuntimeService();
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
