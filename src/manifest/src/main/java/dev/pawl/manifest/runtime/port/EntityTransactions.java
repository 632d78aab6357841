package dev.pawl.manifest.runtime.port;

import java.util.Optional;
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

    /**
     * What kind of failure this is, if it passes by itself, so that the same work in another transaction may succeed; empty
     * when it does not, or when the transaction was not opened here.
     */
    default Optional<Passing> passing(RuntimeException failure) {
        return Optional.empty();
    }

    /** Failures that pass by themselves, by the names programs have for them in {@code retryOn}. */
    enum Passing {
        /** Another transaction was in the way. */
        CONCURRENCY_CONFLICT,
        /** Something took too long. */
        TIMEOUT,
        /** The database is away. */
        STORE_UNAVAILABLE,
        /** Anything else the database or the transaction failed with. */
        TECHNICAL_FAILURE
    }
}
