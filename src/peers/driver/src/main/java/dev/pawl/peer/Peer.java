package dev.pawl.peer;

import javax.sql.DataSource;

/**
 * An engine that executes runs of three steps, one after the other, each of them recorded durably. A step does nothing but
 * tell the {@link RunBook}.
 */
public interface Peer {

    /** As its makers number it. */
    String version();

    /** How many connections it gets at most. */
    default int connections() {
        return 32;
    }

    /** Makes its tables and gets ready; no run is executed yet. */
    void open(DataSource database, RunBook book) throws Exception;

    /** From now on runs are executed. */
    void startWorkers() throws Exception;

    /** From now on no run is executed, and runs can still be queued. */
    void stopWorkers() throws Exception;

    /** Starts a run while workers work; returns once it is durable. */
    void start(int run) throws Exception;

    /** Starts a run for workers that do not work yet; returns once it is durable. */
    default void queue(int run) throws Exception {
        start(run);
    }

    /** Returns once a run that was started is complete, durably. */
    void await(int run) throws Exception;

    /** Counts the runs that are not complete. */
    String openRuns();
}
