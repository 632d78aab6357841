package dev.pawl.ejb.catalog;

import dev.pawl.api.RunListener;
import dev.pawl.engine.interpret.Listeners;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the listeners of the application; one that says something impossible of itself stops it with a message. */
@ApplicationScoped
public class ListenerDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerDiscovery.class);

    @Produces
    @Singleton
    Listeners listeners(@Any Instance<RunListener> found) {
        List<RunListener> beans = found.stream().toList();
        Listeners listeners = new Listeners(beans);
        if (!beans.isEmpty()) {
            LOG.info("Listeners deployed: {}", listeners.ids());
        }
        return listeners;
    }
}
