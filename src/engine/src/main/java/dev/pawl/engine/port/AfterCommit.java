package dev.pawl.engine.port;

/** Runs an action once the transaction around the call has committed, and never when it rolled back. */
public interface AfterCommit {
    void run(Runnable action);
}
