package dev.pawl.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a branch, once its fork is joined. */
public interface Promise<T extends @Nullable Object> {

    /**
     * What the branch returned.
     *
     * @throws BranchFailedException when it failed
     * @throws IllegalStateException before the join
     */
    T get();

    /** Why the branch failed; empty when it did not. */
    Optional<Exception> failure();
}
