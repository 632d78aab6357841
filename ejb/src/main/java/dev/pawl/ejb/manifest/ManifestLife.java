package dev.pawl.ejb.manifest;

import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.manifest.host.Deployment;
import dev.pawl.manifest.host.ProgramSource;
import dev.pawl.manifest.host.ShippedPrograms;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys the programs that come with the application once the schema is there, and from then on looks for what other
 * servers deployed. A program that is broken is reported and left out; the others run.
 */
@Singleton
@Startup
@DependsOn("EngineLife")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ManifestLife {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestLife.class);

    @Resource
    private TimerService timers;

    @Inject
    private DeployedPrograms programs;

    /** Time between two looks for programs deployed on other servers. */
    @Inject
    @ConfigProperty(name = "pawl.manifest.look-interval", defaultValue = "PT1S")
    private Duration lookInterval;

    private final AtomicBoolean looking = new AtomicBoolean();

    @PostConstruct
    void start() {
        new ShippedPrograms(Thread.currentThread().getContextClassLoader())
                .all()
                .forEach(this::install);
        programs.look();
        LOG.info(
                "Programs deployed: {}",
                programs.live().programs().stream()
                        .map(program -> program.stored().source().name() + " "
                                + program.stored().version())
                        .toList());
        timers.createIntervalTimer(
                lookInterval.toMillis(), lookInterval.toMillis(), new TimerConfig("manifests", false));
    }

    private void install(ProgramSource source) {
        Deployment deployment = programs.install(source);
        if (deployment instanceof Deployment.Broken broken) {
            LOG.error("Program {} of the application is broken: {}", source.name(), broken.diagnostics());
        } else if (deployment instanceof Deployment.Clashing clashing) {
            LOG.error("Program {} of the application is refused: {}", source.name(), clashing.message());
        }
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }

    /** Looks, unless the look before still lasts. */
    @Timeout
    void look() {
        if (looking.compareAndSet(false, true)) {
            try {
                programs.look();
            } catch (StoreUnavailableException e) {
                LOG.debug("The next look for programs comes in its turn", e);
            } catch (RuntimeException e) {
                LOG.warn("Programs could not be looked for; the next look comes in its turn", e);
            } finally {
                looking.set(false);
            }
        }
    }
}
