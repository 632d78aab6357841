package dev.pawl.ejb.kernel;

import jakarta.ejb.EJBContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How work in a bean's transaction ended: with a value, or with an exception that rolls the transaction back. Answered instead of
 * thrown, because the container would log what a bean throws with its whole stack, and each caller says in its own words
 * what went wrong.
 */
public record Ended<T>(@Nullable T value, @Nullable RuntimeException failure) {

    /** Does the work within the transaction of the bean whose context this is. */
    public static <T> Ended<T> of(EJBContext context, Supplier<T> work) {
        try {
            return new Ended<>(work.get(), null);
        } catch (RuntimeException e) {
            context.setRollbackOnly();
            return new Ended<>(null, e);
        }
    }

    /** The value, or the exception as it was thrown. */
    public T orThrow() {
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
