package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.FeedRows;
import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.BreakerStore;
import dev.pawl.engine.port.CacheStore;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.JournalStore;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.retention.AttachedBlobs;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.contract.StoreFixture;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The database adapters with an entity manager and a local transaction per thread. */
final class DatabaseFixture implements StoreFixture, AutoCloseable {

    private static final List<String> TABLES = List.of(
            "pawl_run",
            "pawl_step",
            "pawl_checkpoint",
            "pawl_wait",
            "pawl_inbox",
            "pawl_event_chunk",
            "pawl_outbox",
            "pawl_outbox_late",
            "pawl_listener_delivery",
            "pawl_dead_letter",
            "pawl_idempotency",
            "pawl_log",
            "pawl_blob",
            "pawl_blob_chunk",
            "pawl_blob_loose",
            "pawl_artifact",
            "pawl_annotation",
            "pawl_ai_call",
            "pawl_ticket",
            "pawl_lane",
            "pawl_breaker",
            "pawl_cache");

    static final Duration KEEP_LOOSE = Duration.ofHours(1);

    private final DataSource database;
    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> bound = new ThreadLocal<>();
    private final ManualClock clock = new ManualClock();
    private final RunStore runs;
    private final JournalStore journals;
    private final WaitStore waits;
    private final EventOutbox outbox;
    private final ListenerDeliveries deliveries;
    private final SqlDeadLetters deadLetters;
    private final FlowQueries flows;
    private final IdempotencyStore keys;
    private final BlobStore blobs;
    private final ArtifactIndex artifacts;
    private final AnnotationStore annotations;
    private final RunLog log;
    private final RunQueries queries;
    private final EventFeed feed;
    private final AiCallLog aiCalls;
    private final AiCallQueries aiCallQueries;
    private final RetentionStore retention;
    private final LimitStore limits;
    private final BreakerStore breakers;
    private final CacheStore cached;
    private final List<Attached> attached;

    DatabaseFixture(DataSource database) {
        this(database, database);
    }

    /** @param used where the adapters get their connections; the fixture's own work is done on {@code database} */
    DatabaseFixture(DataSource database, DataSource used) {
        this.database = database;
        Dialect dialect = Dialect.of(database);
        new Migrations(database, dialect).run();
        factory = Persistence.createEntityManagerFactory(
                "pawl",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", used,
                        "jakarta.persistence.nonJtaDataSource", used));
        CurrentConnection connection = new CurrentConnection(this::entityManager);
        runs = new SqlRunStore(connection, dialect);
        waits = new SqlWaitStore(connection, dialect, clock);
        journals = new SqlJournalStore(connection);
        outbox = new SqlEventOutbox(connection, dialect);
        deliveries = new SqlListenerDeliveries(connection, dialect);
        deadLetters = new SqlDeadLetters(connection);
        flows = new SqlFlowQueries(connection);
        keys = new SqlIdempotencyStore(connection, dialect, KEY_PATIENCE);
        blobs = new SqlBlobStore(connection, dialect, this::inShortTransaction, clock, new UuidIds(), KEEP_LOOSE);
        artifacts = new SqlArtifactIndex(connection, dialect, this::inShortTransaction);
        annotations = new SqlAnnotationStore(connection, this::inShortTransaction);
        log = new SqlRunLog(connection, dialect);
        aiCalls = new SqlAiCallLog(connection, dialect);
        aiCallQueries = new JpaAiCallQueries(this::entityManager);
        feed = new TransactionalFeed(new SqlEventFeed(FeedRows.RUNS, connection), this::inShortTransaction);
        queries = new JpaRunQueries(this::entityManager, new RunProjection(clock, blobs));
        retention = new SqlRetentionStore(connection, dialect);
        limits = new SqlLimitStore(connection);
        breakers = new SqlBreakerStore(connection);
        cached = new SqlCacheStore(connection);
        attached = List.of(
                new AttachedRows(connection, dialect, "pawl_log"),
                new AttachedRows(connection, dialect, "pawl_checkpoint"),
                new AttachedRows(connection, dialect, "pawl_ai_call"),
                new AttachedRows(connection, dialect, "pawl_artifact"),
                new AttachedRows(connection, dialect, "pawl_annotation"),
                new AttachedBlobs(blobs));
    }

    /** As the container's proxy: that of the transaction, or one for the call. */
    EntityManager entityManager() {
        EntityManager current = bound.get();
        return current == null ? factory.createEntityManager() : current;
    }

    @Override
    public <T> T inTransaction(Callable<T> work) throws Exception {
        EntityManager current = factory.createEntityManager();
        bound.set(current);
        try {
            current.getTransaction().begin();
            T result = work.call();
            current.getTransaction().commit();
            return result;
        } finally {
            bound.remove();
            if (current.getTransaction().isActive()) {
                current.getTransaction().rollback();
            }
            current.close();
        }
    }

    boolean isInTransaction() {
        return bound.get() != null;
    }

    private <T> T inShortTransaction(Supplier<T> work) {
        try {
            return bound.get() == null ? inTransaction(work::get) : work.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a store throws no checked exceptions", e);
        }
    }

    @Override
    public LimitStore limits() {
        return limits;
    }

    @Override
    public BreakerStore breakers() {
        return breakers;
    }

    @Override
    public CacheStore cached() {
        return cached;
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public WaitStore waits() {
        return waits;
    }

    @Override
    public JournalStore journals() {
        return journals;
    }

    @Override
    public EventOutbox outbox() {
        return outbox;
    }

    @Override
    public ListenerDeliveries deliveries() {
        return deliveries;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public DeadLetterQueries deadLetterQueries() {
        return deadLetters;
    }

    @Override
    public FlowQueries flows() {
        return flows;
    }

    @Override
    public IdempotencyStore keys() {
        return keys;
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public ArtifactIndex artifacts() {
        return artifacts;
    }

    @Override
    public AnnotationStore annotations() {
        return annotations;
    }

    @Override
    public RunLog log() {
        return log;
    }

    @Override
    public RunQueries queries() {
        return queries;
    }

    @Override
    public AiCallLog aiCalls() {
        return aiCalls;
    }

    @Override
    public AiCallQueries aiCallQueries() {
        return aiCallQueries;
    }

    @Override
    public RetentionStore retention() {
        return retention;
    }

    @Override
    public List<Attached> attached() {
        return attached;
    }

    @Override
    public EventFeed feed() {
        return feed;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public void clear() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.addBatch("delete from " + table);
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
