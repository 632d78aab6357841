package dev.pawl.ejb.timer;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.lookout.Lookout;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.work.Heartbeat;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.Upkeep;
import dev.pawl.engine.work.limit.LimitDesk;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The EJB timers of the engine. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EngineTimers {

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
    private LimitDesk limits;

    @Inject
    private Heartbeat heartbeat;

    @Inject
    private BlobStore blobs;

    @Inject
    private Lookout lookout;

    private final Rounds<Round> rounds = new Rounds<>(Round.class, this::make);

    /** Starts those that keep this server up to date, and, unless switched off, those that drive the engine. */
    public void start() {
        rounds.start(timers, Round.HEARTBEAT, settings.heartbeatInterval());
        rounds.start(timers, Round.LOOK, settings.lookInterval());
        if (settings.timers()) {
            rounds.start(timers, Round.LISTENERS, settings.listenerInterval());
            rounds.start(timers, Round.REPAIR, settings.repairInterval());
        }
    }

    @Timeout
    void onTimer(Timer timer) {
        rounds.on(timer);
    }

    private void make(Round round) {
        switch (round) {
            case LOOK -> lookout.look();
            case REPAIR -> {
                upkeep.repair();
                upkeep.sweep();
                limits.sweep();
                blobs.sweep();
            }
            case LISTENERS -> listeners.look();
            case HEARTBEAT -> heartbeat.beat();
        }
    }
}
