package dev.pawl.ejb.manifest;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.ejb.manifest.job.StartJobs;
import dev.pawl.ejb.manifest.store.SqlEventHistory;
import dev.pawl.ejb.manifest.store.SqlProgramStore;
import dev.pawl.ejb.manifest.store.SqlUnitOfWork;
import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.AfterCommit;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Doorbell;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.Ids;
import dev.pawl.manifest.host.ApprovalRequests;
import dev.pawl.manifest.host.DeployProgram;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.StoredProgram;
import dev.pawl.manifest.host.Webhooks;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.runtime.expression.EvaluationLimits;
import dev.pawl.manifest.runtime.port.FeatureFlags;
import dev.pawl.manifest.runtime.port.RetryPauses;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the Manifest runtime together on the database and the container's transactions. */
@ApplicationScoped
public class ManifestAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestAssembly.class);

    @EJB
    private EntityTransactionBean bean;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry synchronizations;

    /** A proxy that leads to the persistence context of the current transaction. */
    @PersistenceContext(unitName = "pawl")
    private EntityManager entityManager;

    /** @param programs asked while a command runs, which is after everything has been put together */
    @Produces
    @Singleton
    JtaEntityTransactions transactions(
            Dialect dialect,
            IdempotencyStore keys,
            Clock clock,
            Doorbell doorbell,
            AfterCommit afterCommit,
            DatabaseOutage outage,
            Instance<LivePrograms> programs) {
        MemoryInstances memory = new MemoryInstances(synchronizations);
        return new JtaEntityTransactions(
                bean,
                outage,
                synchronizations,
                connection(),
                memory,
                () -> new SqlUnitOfWork(
                        connection(),
                        dialect,
                        keys,
                        clock,
                        memory,
                        programs.get()::isInMemory,
                        () -> afterCommit.run(doorbell::events)));
    }

    @Produces
    @Singleton
    SqlProgramStore programStore() {
        return new SqlProgramStore(connection());
    }

    @Produces
    @Singleton
    RuntimeOptions options(Config config) {
        EvaluationLimits usual = EvaluationLimits.DEFAULT;
        EvaluationLimits limits = new EvaluationLimits(
                config.getOptionalValue("pawl.manifest.max-depth", Integer.class)
                        .orElse(usual.depth()),
                config.getOptionalValue("pawl.manifest.max-steps", Integer.class)
                        .orElse(usual.steps()));
        RuntimeOptions options = RuntimeOptions.DEFAULT.withLimits(limits);
        return config.getOptionalValue("pawl.manifest.longest-retry", Duration.class)
                .map(options::withLongestRetry)
                .orElse(options);
    }

    /** A flag is a setting; what is neither true nor false is a text. */
    @Produces
    @Singleton
    FeatureFlags flags(Config config) {
        return name -> config.getOptionalValue("pawl.manifest.flag." + name, String.class)
                .<com.fasterxml.jackson.databind.JsonNode>map(
                        value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
                                ? BooleanNode.valueOf(Boolean.parseBoolean(value))
                                : TextNode.valueOf(value))
                .orElse(BooleanNode.FALSE);
    }

    @Produces
    @Singleton
    LivePrograms live(
            JtaEntityTransactions transactions,
            SqlProgramStore store,
            Clock clock,
            Ids ids,
            FeatureFlags flags,
            StartJobs jobs,
            RuntimeOptions options) {
        RuntimePorts ports = RuntimePorts.on(transactions, clock::now)
                .withIds(ids::next)
                .withTraceIds(ids::next)
                .withFlags(flags)
                .withJobs(jobs)
                .withEffects(jobs)
                .withPauses(ManifestAssembly::pause, () -> ThreadLocalRandom.current()
                        .nextDouble());
        return new LivePrograms(store, ports, options, ManifestAssembly::report);
    }

    private static void pause(RetryPauses.FailedAttempt failed) {
        LOG.warn(
                "Attempt {} of {} at the command {} failed; the next one comes after {}",
                failed.number(),
                failed.most(),
                failed.command(),
                failed.pause(),
                failed.failure());
        LockSupport.parkNanos(failed.pause().toNanos());
    }

    private static void report(StoredProgram program, String reason) {
        LOG.error("Program {} in version {} is left out: {}", program.source().name(), program.version(), reason);
    }

    @Produces
    @Singleton
    DeployedPrograms deployed(
            SqlProgramStore store, LivePrograms live, JtaEntityTransactions transactions, Clock clock) {
        return new DeployedPrograms(store, new DeployProgram(store, clock::now), live, transactions);
    }

    @Produces
    @Singleton
    Entities entities(DeployedPrograms programs) {
        return new ServedEntities(programs);
    }

    @Produces
    @Singleton
    ApprovalRequests approvals(DeployedPrograms programs) {
        return new ServedApprovals(programs);
    }

    @Produces
    @Singleton
    Webhooks webhooks(DeployedPrograms programs, Entities entities, Config config) {
        return new ServedWebhooks(programs, entities, config);
    }

    @Produces
    @Singleton
    EventHistory history(JtaEntityTransactions transactions) {
        EventHistory rows = new SqlEventHistory(connection());
        return (wanted, after, limit) -> transactions.call(() -> rows.find(wanted, after, limit));
    }

    private CurrentConnection connection() {
        return new CurrentConnection(() -> entityManager);
    }
}
