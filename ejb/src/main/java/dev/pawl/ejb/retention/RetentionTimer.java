package dev.pawl.ejb.retention;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.retention.Retention;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is old, every few minutes, unless the timers of this server are switched off. */
@Singleton
@Startup
@DependsOn("EngineLife")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionTimer {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);

    @Resource
    private TimerService timers;

    @Inject
    private EngineSettings engine;

    @Inject
    private RetentionSettings settings;

    @Inject
    private Retention retention;

    @PostConstruct
    void start() {
        if (engine.timers()) {
            long interval = settings.interval().toMillis();
            timers.createIntervalTimer(interval, interval, new TimerConfig("retention", false));
        }
    }

    @Timeout
    void sweep() {
        try {
            retention.sweep();
        } catch (StoreUnavailableException e) {
            LOG.debug("What is old waits for the next round", e);
        } catch (RuntimeException e) {
            LOG.warn("What is old could not be removed; the next round tries again", e);
        }
    }

    /** A round that goes on ends with its present transaction. */
    @PreDestroy
    void stop() {
        retention.close();
    }
}
