package dev.pawl.ejb.manifest.job;

import java.util.function.Supplier;

/** Runs work in the transaction there is, or in a new one, which is repeated when it lost against a concurrent one. */
@FunctionalInterface
public interface InTransaction {
    <T> T call(Supplier<T> work);
}
