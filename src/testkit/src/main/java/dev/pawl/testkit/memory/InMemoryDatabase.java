package dev.pawl.testkit.memory;

import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.AfterCommit;
import dev.pawl.engine.port.AiCallLog;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * All stores over one set of rows. Changes need {@link #inTransaction}; they are seen by others once it has returned,
 * and leave no trace when it throws.
 */
public final class InMemoryDatabase {

    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(20);

    private final Transactions transactions = new Transactions(LONGEST_LOCK_WAIT);
    private final Rows rows;
    private final RunStore runs;
    private final JournalStore journals;
    private final WaitStore waits;
    private final EventOutbox outbox;
    private final ListenerDeliveries deliveries;
    private final InMemoryDeadLetters deadLetters;
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
    private final List<Attached> attached;
    private final LimitStore limits;
    private final BreakerStore breakers;
    private final CacheStore cached;

    /** @param keyPatience how long a duplicate command waits for the first one under its key */
    public InMemoryDatabase(Clock clock, Duration keyPatience) {
        rows = new Rows(transactions);
        runs = new InMemoryRunStore(transactions, rows);
        journals = new InMemoryJournalStore(transactions, rows);
        waits = new InMemoryWaitStore(transactions, rows, clock);
        outbox = new InMemoryEventOutbox(transactions, rows);
        deliveries = new InMemoryListenerDeliveries(transactions, rows);
        deadLetters = new InMemoryDeadLetters(transactions, rows);
        flows = new InMemoryFlowQueries(transactions, rows);
        keys = new InMemoryIdempotencyStore(transactions, rows, keyPatience);
        blobs = new InMemoryBlobStore(transactions, rows, clock);
        artifacts = new InMemoryArtifactIndex(transactions, rows);
        annotations = new InMemoryAnnotationStore(rows);
        log = new InMemoryRunLog(rows);
        aiCalls = new InMemoryAiCallLog(transactions, rows);
        aiCallQueries = new InMemoryAiCallQueries(transactions, rows);
        feed = new InMemoryEventFeed(transactions, rows);
        queries = new InMemoryRunQueries(transactions, rows, new RunProjection(clock, blobs));
        retention = new InMemoryRetentionStore(transactions, rows);
        limits = new InMemoryLimitStore(transactions, rows);
        breakers = new InMemoryBreakerStore(transactions, rows);
        cached = new InMemoryCacheStore(transactions, rows);
        attached = List.of(
                new AttachedRows<>(rows.log, RunLog.Line::run),
                rows.attachedJournals(),
                new AttachedRows<>(rows.aiCalls, AiCall::run),
                new AttachedRows<>(rows.artifacts, StoredArtifact::run),
                new AttachedRows<>(rows.annotations, RunAnnotation::run),
                new AttachedBlobs(blobs));
    }

    public InMemoryDatabase(Clock clock) {
        this(clock, Duration.ofSeconds(5));
    }

    /** Joins the transaction of this thread, or begins one that commits unless the work throws. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return transactions.inTransaction(work);
    }

    /** Begins a transaction of its own, which commits unless the work throws, whatever becomes of the one around it. */
    public <T> T inNewTransaction(Callable<T> work) throws Exception {
        return transactions.inNewTransaction(work);
    }

    /** Whether the calling thread is inside a transaction. */
    public boolean isInTransaction() {
        return transactions.currentOrNull() != null;
    }

    /** Runs actions as part of the commit, while its locks are still held: what a second resource manager would do. */
    public AfterCommit atCommit() {
        return action -> transactions.current().atCommit(action);
    }

    public AfterCommit afterCommit() {
        return transactions;
    }

    public RunStore runs() {
        return runs;
    }

    public JournalStore journals() {
        return journals;
    }

    public WaitStore waits() {
        return waits;
    }

    public EventOutbox outbox() {
        return outbox;
    }

    public ListenerDeliveries deliveries() {
        return deliveries;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public DeadLetterQueries deadLetterQueries() {
        return deadLetters;
    }

    public FlowQueries flows() {
        return flows;
    }

    /** When a delivery that failed is tried again: the first such time after this one. */
    public Optional<Instant> nextRetry(Instant after) {
        return transactions.statement(() -> Stream.concat(
                        rows.late.rows().values().stream().flatMap(row -> row.due().stream()),
                        rows.deliveries.rows().values().stream().map(Rows.Pending::due))
                .filter(due -> due.isAfter(after))
                .min(Instant::compareTo));
    }

    public IdempotencyStore keys() {
        return keys;
    }

    public BlobStore blobs() {
        return blobs;
    }

    public ArtifactIndex artifacts() {
        return artifacts;
    }

    public AnnotationStore annotations() {
        return annotations;
    }

    public RunLog log() {
        return log;
    }

    public RunQueries queries() {
        return queries;
    }

    public EventFeed feed() {
        return feed;
    }

    public AiCallLog aiCalls() {
        return aiCalls;
    }

    public AiCallQueries aiCallQueries() {
        return aiCallQueries;
    }

    public RetentionStore retention() {
        return retention;
    }

    public LimitStore limits() {
        return limits;
    }

    public BreakerStore breakers() {
        return breakers;
    }

    public CacheStore cached() {
        return cached;
    }

    /** When somebody may be let in, or a place is nobody's any more: the first such time after this one. */
    public Optional<Instant> nextLimit(Instant after) {
        return transactions.statement(() -> Stream.concat(
                        rows.lanes.rows().values().stream().flatMap(lane -> Stream.ofNullable(lane.dueAt())),
                        rows.tickets.rows().values().stream()
                                .flatMap(ticket -> Stream.ofNullable(ticket.leaseUntil()))
                                .map(until -> until.plusMillis(1)))
                .filter(due -> due.isAfter(after))
                .min(Instant::compareTo));
    }

    /** What goes with a run. */
    public List<Attached> attached() {
        return attached;
    }
}
