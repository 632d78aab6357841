package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/**
 * Branches that go on side by side until they are joined. Each has its own context and its own place in the history, so it
 * is of no importance in which order they proceed.
 */
public interface Fork {

    /**
     * Adds a branch; it starts with the join.
     *
     * @param name unique in this fork
     */
    <T extends @Nullable Object> Promise<T> branch(String name, Branch<T> code);

    /**
     * Lets all branches run to their ends. When one fails, the others are stopped at once.
     *
     * @throws BranchFailedException when a branch failed; of several the one that failed first
     */
    void join();

    /** Lets all branches run to their ends, whatever becomes of the others; {@link Promise} tells of each. */
    void joinAll();
}
