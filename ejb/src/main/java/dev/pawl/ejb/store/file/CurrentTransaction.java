package dev.pawl.ejb.store.file;

import java.util.Optional;
import java.util.function.Consumer;

/** The transaction around a call, as far as files need to know it. */
public interface CurrentTransaction {

    /** The same object throughout one transaction, equal to that of no other; empty outside. */
    Optional<Object> key();

    /** Calls back when the transaction has ended: with true when it was committed. */
    void whenEnded(Consumer<Boolean> callback);
}
