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

    /**
     * What the branch returned, or this when it failed.
     *
     * @throws IllegalStateException before the join
     */
    default T orElse(T other) {
        return failure().isPresent() ? other : get();
    }

    /** Why the branch failed; empty when it did not. */
    Optional<Exception> failure();
}
