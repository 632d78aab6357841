package dev.pawl.ejb.kernel;

import dev.pawl.ejb.outage.WatchesDatabase;
import dev.pawl.engine.port.NewTransaction;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** JTA transactions for what is not a command. */
@ApplicationScoped
@WatchesDatabase
public class JtaNewTransaction implements NewTransaction {

    @EJB
    private KernelBean kernel;

    @Override
    public <T> T call(Supplier<T> work) {
        return kernel.inNewTransaction(work).orThrow();
    }
}
