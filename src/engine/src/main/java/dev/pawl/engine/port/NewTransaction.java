package dev.pawl.engine.port;

import java.util.function.Supplier;

/** Runs work that is not a command in a transaction of its own, which an exception rolls back. */
public interface NewTransaction {
    <T> T call(Supplier<T> work);
}
