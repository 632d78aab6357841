package dev.pawl.ejb.timer;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.lookout.Lookout;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.work.Heartbeat;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.Upkeep;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The EJB timers of the engine. A round that takes longer than its interval is not overtaken by the next one, and one that
 * fails is logged and tried again at its next turn.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EngineTimers {

    private static final Logger LOG = LoggerFactory.getLogger(EngineTimers.class);

    enum Round {
        LOOK,
        LISTENERS,
        HEARTBEAT,
        REPAIR
    }

    @Resource
    private TimerService timers;

    @Inject
    private EngineSettings settings;

    @Inject
    private Upkeep upkeep;

    @Inject
    private ListenerDesks listeners;

    @Inject
    private Heartbeat heartbeat;

    @Inject
    private BlobStore blobs;

    @Inject
    private Lookout lookout;

    private final Map<Round, AtomicBoolean> busy = new EnumMap<>(Round.class);

    public EngineTimers() {
        for (Round round : Round.values()) {
            busy.put(round, new AtomicBoolean());
        }
    }

    /** Starts those that keep this server up to date, and, unless switched off, those that drive the engine. */
    public void start() {
        start(Round.HEARTBEAT, settings.heartbeatInterval());
        start(Round.LOOK, settings.lookInterval());
        if (settings.timers()) {
            start(Round.LISTENERS, settings.listenerInterval());
            start(Round.REPAIR, settings.repairInterval());
        }
    }

    private void start(Round round, Duration interval) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(round, false));
    }

    @Timeout
    void onTimer(Timer timer) {
        Round round = (Round) timer.getInfo();
        AtomicBoolean taken = busy.get(round);
        if (taken.compareAndSet(false, true)) {
            try {
                make(round);
            } catch (StoreUnavailableException e) {
                LOG.debug("The round {} is made again in its turn", round, e);
            } catch (RuntimeException e) {
                LOG.warn("The round {} failed and is made again in its turn", round, e);
            } finally {
                taken.set(false);
            }
        }
    }

    private void make(Round round) {
        switch (round) {
            case LOOK -> lookout.look();
            case REPAIR -> {
                upkeep.repair();
                upkeep.sweep();
                blobs.sweep();
            }
            case LISTENERS -> listeners.look();
            case HEARTBEAT -> heartbeat.beat();
        }
    }
}
