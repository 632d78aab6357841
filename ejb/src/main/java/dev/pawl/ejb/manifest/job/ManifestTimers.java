package dev.pawl.ejb.manifest.job;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.timer.Rounds;
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
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks at the schedules of programs, and at the requests for approvals whose time is over. */
@Singleton
@Startup
@DependsOn("ManifestLife")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ManifestTimers {

    enum Round {
        SCHEDULES,
        APPROVALS
    }

    @Resource
    private TimerService timers;

    @Inject
    private EngineSettings settings;

    @Inject
    private ManifestRounds programs;

    /** Time between two looks at the schedules; the database is asked only when one is due. */
    @Inject
    @ConfigProperty(name = "pawl.manifest.schedule-interval", defaultValue = "PT1S")
    private Duration scheduleInterval;

    /** Time between two looks for requests for approval whose time is over. */
    @Inject
    @ConfigProperty(name = "pawl.manifest.approval-interval", defaultValue = "PT10S")
    private Duration approvalInterval;

    private final Rounds<Round> rounds = new Rounds<>(Round.class, this::make);

    @PostConstruct
    void start() {
        if (settings.timers()) {
            rounds.start(timers, Round.SCHEDULES, scheduleInterval);
            rounds.start(timers, Round.APPROVALS, approvalInterval);
        }
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }

    @Timeout
    void onTimer(Timer timer) {
        rounds.on(timer);
    }

    private void make(Round round) {
        switch (round) {
            case SCHEDULES -> programs.fire();
            case APPROVALS -> programs.expire();
        }
    }
}
