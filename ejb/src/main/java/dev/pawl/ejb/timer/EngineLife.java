package dev.pawl.ejb.timer;

import dev.pawl.ejb.catalog.ReplacedParts;
import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.store.Migrations;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.work.GracefulStop;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.Upkeep;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the engine with the application: schema, workflows, what this node left behind, timers; and stops it in good
 * order. Beans it depends on outlive it: heartbeats go on while steps finish.
 */
@Singleton
@Startup
@DependsOn({"EngineTimers", "ReadyBanner"})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EngineLife {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLife.class);

    @Inject
    private Migrations migrations;

    @Inject
    private ReplacedParts parts;

    @Inject
    private Definitions definitions;

    @Inject
    private StepWorker worker;

    @Inject
    private Upkeep upkeep;

    @Inject
    private ListenerDesks listeners;

    @Inject
    private GracefulStop gracefulStop;

    @Inject
    private EngineSettings settings;

    @EJB
    private EngineTimers timers;

    @EJB
    private ReadyBanner banner;

    private volatile boolean started;

    @PostConstruct
    void start() {
        migrations.run();
        parts.report();
        int reclaimed = upkeep.reclaim();
        int unparked = upkeep.unpark();
        if (unparked > 0) {
            LOG.info("{} runs that could not go on with the code deployed before are tried again", unparked);
        }
        listeners.release();
        LOG.info(
                "Node {} starts with workflows {}; {} steps of its former life are due again",
                worker.id().node(),
                definitions.deployed(),
                reclaimed);
        timers.start();
        worker.wake();
        started = true;
        banner.printWhenReady();
    }

    @PreDestroy
    void stop() {
        started = false;
        gracefulStop.stop(settings.stopFinish(), settings.stopHandBack());
    }

    public boolean isStarted() {
        return started;
    }
}
