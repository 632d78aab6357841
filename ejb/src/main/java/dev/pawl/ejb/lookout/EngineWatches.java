package dev.pawl.ejb.lookout;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.engine.work.Relay;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.Upkeep;
import dev.pawl.engine.work.limit.LimitDesk;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * What the engine itself waits for. Each question says that its column has a value by a comparison, which both databases
 * answer from the index alone, and asks for rows in the order of that index, so that no scan of the table is ever cheaper.
 */
@ApplicationScoped
public class EngineWatches {

    /** After an outage nobody's lease is looked at for this part of a lease: who could not extend it does so first. */
    private static final int LEASES_PER_CALM = 3;

    private static final String FIRST = " fetch first row only";

    private static final String SOME_TIME = " > timestamp with time zone '1970-01-01 00:00:00+00:00'";

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Produces
    @Singleton
    Watch pendingRuns(StepWorker worker) {
        return now("pawl_run where claim_order >= -32768 order by claim_order, created_at", worker::wake);
    }

    @Produces
    @Singleton
    Watch dueSteps(StepWorker worker) {
        return at("due_at", "pawl_step", worker::wake);
    }

    @Produces
    @Singleton
    Watch arrivals(StepWorker worker) {
        return at("ready_at", "pawl_wait", worker::wake);
    }

    /** Leases are as many as there are places, so the earliest end is looked for among them all. */
    @Produces
    @Singleton
    Watch leases(Upkeep upkeep, StepWorker worker, DatabaseOutage database, EngineSettings settings) {
        Duration calm = settings.worker().leaseFor().dividedBy(LEASES_PER_CALM);
        return new DueTime(
                "select extract(epoch from min(lease_until)) from pawl_step"
                        + " where lease_owner > '' and lease_owner < '\uDBFF\uDFFF'",
                () -> {
                    if (database.isPast(calm) && upkeep.reap() > 0) {
                        worker.wake();
                    }
                },
                executor);
    }

    @Produces
    @Singleton
    Watch freshEvents(Relay relay) {
        return now("pawl_outbox order by id", relay::relay);
    }

    @Produces
    @Singleton
    Watch lateEvents(Relay relay) {
        return at("due_at", "pawl_outbox_late", relay::relay);
    }

    @Produces
    @Singleton
    Watch dueLanes(LimitDesk limits) {
        return at("due_at", "pawl_lane", limits::look);
    }

    @Produces
    @Singleton
    Watch unsettledTickets(LimitDesk limits) {
        return now("pawl_ticket where state in ('NEW', 'BEGUN', 'DONE') order by scope, created_at", limits::look);
    }

    @Produces
    @Singleton
    Watch grantedTickets(LimitDesk limits) {
        return now("pawl_ticket where state = 'GRANTED' order by created_at", limits::look);
    }

    @Produces
    @Singleton
    Watch leasesOfTickets(LimitDesk limits) {
        return at("lease_until", "pawl_ticket", limits::look);
    }

    /** Rows that are due as soon as they are there. */
    private DueTime now(String rows, Runnable action) {
        return new DueTime("select 0 from " + rows + FIRST, action, executor);
    }

    private DueTime at(String time, String table, Runnable action) {
        return new DueTime(
                "select extract(epoch from " + time + ") from " + table + " where " + time + SOME_TIME + " order by "
                        + time + FIRST,
                action,
                executor);
    }
}
