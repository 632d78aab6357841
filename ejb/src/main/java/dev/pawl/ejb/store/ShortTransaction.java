package dev.pawl.ejb.store;

import java.util.function.Supplier;

/** The transaction around the call, or one for this piece of work alone. */
public interface ShortTransaction {

    <T> T call(Supplier<T> work);
}
