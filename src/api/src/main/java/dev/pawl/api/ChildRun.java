package dev.pawl.api;

/** A run that a workflow has started. */
public interface ChildRun<O> {

    /** The child's run id. */
    String runId();

    /**
     * Waits for the child's output.
     *
     * @throws ChildFailedException when the child fails or is cancelled
     */
    O join();
}
