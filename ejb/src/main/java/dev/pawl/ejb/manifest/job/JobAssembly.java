package dev.pawl.ejb.manifest.job;

import dev.pawl.api.Effect;
import dev.pawl.ejb.retention.RetentionSettings;
import dev.pawl.ejb.store.AttachedRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.port.Aged;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.Programs;
import dev.pawl.manifest.host.Sagas;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Puts together what starts runs for entity commands, and what tells those runs what to do. */
@ApplicationScoped
public class JobAssembly {

    /** A proxy that leads to the persistence context of the current transaction. */
    @PersistenceContext(unitName = "pawl")
    private EntityManager entityManager;

    @Produces
    @Singleton
    Effects effects(@Any Instance<Effect> beans) {
        return new Effects(beans);
    }

    @Produces
    @Singleton
    JobRows rows() {
        return new JobRows(new CurrentConnection(() -> entityManager));
    }

    @Produces
    @Singleton
    JobDesk desk(JobRows rows, InTransaction transactions) {
        return new JobDesk(rows, transactions);
    }

    @Produces
    @Singleton
    StartJobs start(CommandBus commands, JobRows rows, Effects effects) {
        return new StartJobs(commands, rows, effects);
    }

    @Produces
    @Singleton
    ManifestRounds rounds(
            LivePrograms programs, JobRows rows, StartJobs jobs, InTransaction transactions, Clock clock) {
        return new ManifestRounds(programs, new FireSchedules(programs, rows, jobs, transactions, clock));
    }

    @Produces
    @Singleton
    Attached attachedJobs(Dialect dialect) {
        return new AttachedRows(new CurrentConnection(() -> entityManager), dialect, "pawl_manifest_job");
    }

    @Produces
    @Singleton
    Aged agedApprovals(EntityTransactions transactions, RetentionSettings settings) {
        return new AgedApprovals(transactions, settings.approvals());
    }

    @Produces
    @Singleton
    Aged agedFires(JobRows rows, Dialect dialect, Instance<LivePrograms> programs, RetentionSettings settings) {
        return new AgedFires(rows, dialect, programs::get, settings.schedules());
    }

    @Produces
    @Singleton
    Sagas sagas(Programs programs, LivePrograms live, StartJobs jobs, InTransaction transactions) {
        return new ServedSagas(programs, () -> live.runtime().sagas(), jobs, transactions);
    }
}
