package dev.pawl.ejb.manifest.job;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.host.LivePrograms;
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
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the schedules of programs, and at the requests for approvals whose time is over. */
@Singleton
@Startup
@DependsOn("ManifestLife")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ManifestTimers {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestTimers.class);
    private static final int AT_ONCE = 100;

    enum Round {
        SCHEDULES,
        APPROVALS
    }

    @Resource
    private TimerService timers;

    @Inject
    private EngineSettings settings;

    @Inject
    private LivePrograms programs;

    @Inject
    private JobRows rows;

    @Inject
    private StartJobs jobs;

    @Inject
    private InTransaction transactions;

    @Inject
    private Clock clock;

    /** Time between two looks at the schedules; the database is asked only when one is due. */
    @Inject
    @ConfigProperty(name = "pawl.manifest.schedule-interval", defaultValue = "PT1S")
    private Duration scheduleInterval;

    /** Time between two looks for requests for approval whose time is over. */
    @Inject
    @ConfigProperty(name = "pawl.manifest.approval-interval", defaultValue = "PT10S")
    private Duration approvalInterval;

    private final Map<Round, AtomicBoolean> busy = new EnumMap<>(Round.class);
    private FireSchedules schedules;

    public ManifestTimers() {
        for (Round round : Round.values()) {
            busy.put(round, new AtomicBoolean());
        }
    }

    @PostConstruct
    void start() {
        schedules = new FireSchedules(programs, rows, jobs, transactions, clock);
        if (settings.timers()) {
            start(Round.SCHEDULES, scheduleInterval);
            start(Round.APPROVALS, approvalInterval);
        }
    }

    private void start(Round round, Duration interval) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(round, false));
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }

    @Timeout
    void onTimer(Timer timer) {
        Round round = (Round) timer.getInfo();
        AtomicBoolean taken = busy.get(round);
        if (taken.compareAndSet(false, true)) {
            try {
                make(round);
            } catch (RuntimeException e) {
                LOG.warn("The round {} failed and is made again in its turn", round, e);
            } finally {
                taken.set(false);
            }
        }
    }

    private void make(Round round) {
        switch (round) {
            case SCHEDULES -> schedules.fire();
            case APPROVALS -> {
                if (hasApprovals()) {
                    programs.runtime().approvals().expire(AT_ONCE);
                }
            }
        }
    }

    private boolean hasApprovals() {
        return programs.programs().stream()
                .flatMap(program -> program.ir().entities().stream())
                .anyMatch(entity -> !entity.approvals().isEmpty());
    }
}
