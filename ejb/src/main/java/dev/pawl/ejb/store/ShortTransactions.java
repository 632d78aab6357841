package dev.pawl.ejb.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Reads in the transaction around the call, or else in one of its own. */
@ApplicationScoped
@Transactional
public class ShortTransactions implements TransactionalFeed.Reader {

    @Override
    public <T> T read(Supplier<T> reading) {
        return reading.get();
    }
}
