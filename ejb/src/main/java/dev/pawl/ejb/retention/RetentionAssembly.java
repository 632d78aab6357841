package dev.pawl.ejb.retention;

import dev.pawl.engine.port.Aged;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.NewTransaction;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.retention.Retention;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts retention together with all that is attached to runs. */
@ApplicationScoped
public class RetentionAssembly {

    @Produces
    @Singleton
    Retention retention(
            RetentionStore store,
            Instance<Attached> attached,
            Instance<Aged> aged,
            NewTransaction transactions,
            Clock clock,
            RetentionSettings settings) {
        return new Retention(
                store,
                attached.stream().toList(),
                aged.stream().toList(),
                transactions,
                clock,
                settings.ages(),
                settings.batch());
    }
}
