package dev.pawl.peer.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.pawl.peer.Peer;
import dev.pawl.peer.RunBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** A chain of three tasks: each is replaced by the next in one transaction. Nothing is kept of a run that has ended. */
public final class DbSchedulerPeer implements Peer {

    private static final int THREADS = 16;
    private static final Duration POLL = Duration.ofMillis(200);

    /** Fetches when fewer executions than threads are there, until there are four times as many. */
    private static final double FETCH_BELOW = 1;

    private static final double FETCH_UP_TO = 4;

    private static final List<String> TABLE = List.of(
            """
            create table scheduled_tasks (
                task_name text not null, task_instance text not null, task_data bytea,
                execution_time timestamptz not null, picked boolean not null, picked_by text,
                last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                last_heartbeat timestamptz, version bigint not null, priority smallint,
                primary key (task_name, task_instance))
            """,
            "create index execution_time_idx on scheduled_tasks (execution_time)",
            "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");

    private RunBook book;
    private List<CustomTask<Void>> steps;
    private Scheduler scheduler;
    private boolean started;

    @Override
    public String version() {
        return "16.12.0";
    }

    @Override
    public void open(DataSource database, RunBook book) throws SQLException {
        this.book = book;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : TABLE) {
                statement.execute(sql);
            }
        }
        steps = IntStream.range(0, RunBook.STEPS).mapToObj(this::step).toList();
        scheduler = Scheduler.create(database, steps.toArray(CustomTask<?>[]::new))
                .threads(THREADS)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .pollingInterval(POLL)
                .enableImmediateExecution()
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onExecutionComplete(ExecutionComplete complete) {
                        TaskInstanceId task = complete.getExecution().taskInstance;
                        if (task.getTaskName().equals(name(RunBook.STEPS - 1))) {
                            book.completed(Integer.parseInt(task.getId()));
                        }
                    }
                })
                .build();
    }

    private CustomTask<Void> step(int step) {
        return Tasks.custom(name(step), Void.class).execute((instance, context) -> {
            book.step(Integer.parseInt(instance.getId()), step);
            return step == RunBook.STEPS - 1
                    ? new CompletionHandler.OnCompleteRemove<Void>()
                    : new CompletionHandler.OnCompleteReplace<Void, Void>(name(step + 1));
        });
    }

    private static String name(int step) {
        return "step-" + step;
    }

    @Override
    public void startWorkers() {
        if (started) {
            scheduler.resume();
        } else {
            scheduler.start();
            started = true;
        }
    }

    @Override
    public void stopWorkers() {
        scheduler.pause();
    }

    @Override
    public void start(int run) {
        scheduler.scheduleIfNotExists(steps.get(0).instance(Integer.toString(run)), Instant.now());
    }

    @Override
    public void await(int run) throws InterruptedException {
        book.await(run);
    }

    @Override
    public String openRuns() {
        return "select count(*) from scheduled_tasks";
    }
}
