package dev.pawl.ejb.store;

import dev.pawl.ejb.catalog.ReplacedParts;
import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.ejb.store.file.CurrentTransaction;
import dev.pawl.ejb.store.file.FileBlobStore;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.FeedRows;
import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.BreakerStore;
import dev.pawl.engine.port.CacheStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.JournalStore;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.MovableClock;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.query.InDoubtTransactions;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.retention.AttachedBlobs;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Offers the stores to the engine, on the data source {@code jdbc/pawl} and the transaction around each call. */
@ApplicationScoped
public class StoreAssembly {

    @Resource(lookup = "jdbc/pawl")
    private DataSource database;

    /** The same database by connections outside the pool and outside transactions. */
    @Resource(lookup = "jdbc/pawl-schema")
    private DataSource schema;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    /** A proxy that leads to the persistence context of the current transaction. */
    @PersistenceContext(unitName = "pawl")
    private EntityManager entityManager;

    @Produces
    @Singleton
    Dialect dialect() {
        return Dialect.of(database);
    }

    @Produces
    @Singleton
    Migrations migrations(Dialect dialect) {
        return new Migrations(schema, dialect);
    }

    @Produces
    @Singleton
    @Named(ReplacedParts.CLOCK)
    MovableClock clock(
            Dialect dialect,
            DatabaseOutage outage,
            @ConfigProperty(name = "pawl.test.clock-offset", defaultValue = "PT0S") Duration offset,
            @ConfigProperty(name = "pawl.test.clock-movable", defaultValue = "false") boolean movable) {
        DatabaseTime time = new DatabaseTime(database, dialect);
        return new DatabaseClock(() -> outage.watching(time), executor, offset, movable, System::nanoTime);
    }

    @Produces
    @Singleton
    Ids ids() {
        return new UuidIds();
    }

    @Produces
    @Singleton
    RunStore runs(Dialect dialect) {
        return new SqlRunStore(connection(), dialect);
    }

    @Produces
    @Singleton
    WaitStore waits(Dialect dialect, Clock clock) {
        return new SqlWaitStore(connection(), dialect, clock);
    }

    @Produces
    @Singleton
    LimitStore limits() {
        return new SqlLimitStore(connection());
    }

    @Produces
    @Singleton
    BreakerStore breakers() {
        return new SqlBreakerStore(connection());
    }

    @Produces
    @Singleton
    CacheStore cached() {
        return new SqlCacheStore(connection());
    }

    @Produces
    @Singleton
    JournalStore journals() {
        return new SqlJournalStore(connection());
    }

    @Produces
    @Singleton
    EventOutbox outbox(Dialect dialect) {
        return new SqlEventOutbox(connection(), dialect);
    }

    @Produces
    @Singleton
    ListenerDeliveries deliveries(Dialect dialect) {
        return new SqlListenerDeliveries(connection(), dialect);
    }

    @Produces
    @Singleton
    @Typed({SqlDeadLetters.class, DeadLetters.class})
    SqlDeadLetters deadLetters() {
        return new SqlDeadLetters(connection());
    }

    @Produces
    @Singleton
    IdempotencyStore keys(
            Dialect dialect, @ConfigProperty(name = "pawl.idempotency.wait", defaultValue = "PT5S") Duration patience) {
        return new SqlIdempotencyStore(connection(), dialect, patience);
    }

    @Produces
    @Singleton
    @Named(ReplacedParts.BLOBS)
    BlobStore blobs(
            BlobSettings settings,
            Dialect dialect,
            ShortTransaction transaction,
            CurrentTransaction current,
            Clock clock,
            Ids ids) {
        return switch (settings.store()) {
            case DATABASE -> new SqlBlobStore(connection(), dialect, transaction, clock, ids, settings.keepUnused());
            case FILE -> new FileBlobStore(settings.folder(), current, clock, ids, settings.keepUnused());
        };
    }

    @Produces
    @Singleton
    ArtifactIndex artifacts(Dialect dialect, ShortTransaction transaction) {
        return new SqlArtifactIndex(connection(), dialect, transaction);
    }

    @Produces
    @Singleton
    AnnotationStore annotations(ShortTransaction transaction) {
        return new SqlAnnotationStore(connection(), transaction);
    }

    @Produces
    @Singleton
    RunLog log(Dialect dialect) {
        return new SqlRunLog(connection(), dialect);
    }

    @Produces
    @Singleton
    RunProjection projection(Clock clock, BlobStore blobs) {
        return new RunProjection(clock, blobs);
    }

    @Produces
    @Singleton
    RetentionStore retention(Dialect dialect) {
        return new SqlRetentionStore(connection(), dialect);
    }

    @Produces
    @Singleton
    @Typed(SqlAiCallLog.class)
    SqlAiCallLog aiCalls(Dialect dialect) {
        return new SqlAiCallLog(connection(), dialect);
    }

    @Produces
    @Singleton
    Attached attachedLog(Dialect dialect) {
        return new AttachedRows(connection(), dialect, "pawl_log");
    }

    @Produces
    @Singleton
    @Typed(JpaAiCallQueries.class)
    JpaAiCallQueries aiCallQueries() {
        return new JpaAiCallQueries(() -> entityManager);
    }

    @Produces
    @Singleton
    Attached attachedAiCalls(Dialect dialect) {
        return new AttachedRows(connection(), dialect, "pawl_ai_call");
    }

    @Produces
    @Singleton
    Attached attachedArtifacts(Dialect dialect) {
        return new AttachedRows(connection(), dialect, "pawl_artifact");
    }

    @Produces
    @Singleton
    Attached attachedAnnotations(Dialect dialect) {
        return new AttachedRows(connection(), dialect, "pawl_annotation");
    }

    @Produces
    @Singleton
    Attached attachedJournal(Dialect dialect) {
        return new AttachedRows(connection(), dialect, "pawl_checkpoint");
    }

    @Produces
    @Singleton
    Attached attachedBlobs(BlobStore blobs) {
        return new AttachedBlobs(blobs);
    }

    @Produces
    @Singleton
    @Typed(JpaRunQueries.class)
    JpaRunQueries queries(RunProjection projection) {
        return new JpaRunQueries(() -> entityManager, projection);
    }

    /** What streams follow. */
    public record Feeds(List<EventFeed> all) {}

    @Produces
    @Singleton
    Feeds feeds(ShortTransactions reader) {
        return new Feeds(Arrays.stream(FeedRows.values())
                .<EventFeed>map(rows -> new TransactionalFeed(new SqlEventFeed(rows, connection()), reader))
                .toList());
    }

    @Produces
    @Singleton
    @Typed(SqlFlowQueries.class)
    SqlFlowQueries flows() {
        return new SqlFlowQueries(connection());
    }

    @Produces
    @Singleton
    InDoubtTransactions inDoubt(Dialect dialect) {
        return new DatabaseInDoubt(database, dialect);
    }

    private CurrentConnection connection() {
        return new CurrentConnection(() -> entityManager);
    }
}
