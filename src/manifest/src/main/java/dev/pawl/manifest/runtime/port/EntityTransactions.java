package dev.pawl.manifest.runtime.port;

import java.util.function.Function;

/** Opens the transaction of a command. */
public interface EntityTransactions {
    /**
     * Runs the work in one transaction: everything it wrote through its unit of work becomes visible together, or, when
     * it throws, nothing does and the exception goes to the caller.
     */
    <T> T inTransaction(Function<EntityUnitOfWork, T> work);

    /** Runs work that only reads. */
    default <T> T reading(Function<EntityUnitOfWork, T> work) {
        return inTransaction(work);
    }
}
