package dev.pawl.ejb.store;

import dev.pawl.ejb.outage.WatchesDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Begins a JTA transaction where there is none. */
@ApplicationScoped
@WatchesDatabase
@Transactional
public class JtaShortTransaction implements ShortTransaction {

    @Override
    public <T> T call(Supplier<T> work) {
        return work.get();
    }
}
