package dev.pawl.ejb.catalog;

import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.EventSink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that a bean of the application may take the place of: an alternative with a priority wins wherever the port is
 * injected, and the default stays at hand under its name.
 */
@ApplicationScoped
public class ReplacedParts {

    /** Where large values are kept by default. */
    public static final String BLOBS = "pawl-blobs";

    /** What time it is by default. */
    public static final String CLOCK = "pawl-clock";

    /** Where calls of models are recorded by default. */
    public static final String AI_CALLS = "pawl-ai-calls";

    private static final Logger LOG = LoggerFactory.getLogger(ReplacedParts.class);
    private static final List<Class<?>> PORTS = List.of(EventSink.class, BlobStore.class, Clock.class, AiCallLog.class);

    @Inject
    private BeanManager beans;

    /** Tells in the log which parts are not the product's. */
    public void report() {
        for (Class<?> port : PORTS) {
            replacement(port)
                    .ifPresent(bean -> LOG.info(
                            "{} of the application takes the place of the default {}",
                            bean.getBeanClass().getName(),
                            port.getSimpleName()));
        }
    }

    private Optional<Bean<?>> replacement(Class<?> port) {
        return Optional.<Bean<?>>ofNullable(beans.resolve(beans.getBeans(port))).filter(Bean::isAlternative);
    }
}
