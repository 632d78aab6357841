package dev.pawl.testkit.memory;

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
import dev.pawl.engine.query.RunQueries;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.contract.StoreFixture;
import java.util.List;
import java.util.concurrent.Callable;

final class InMemoryFixture implements StoreFixture {

    private final ManualClock clock = new ManualClock();
    private InMemoryDatabase database = new InMemoryDatabase(clock, KEY_PATIENCE);

    @Override
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return database.inTransaction(work);
    }

    @Override
    public RunStore runs() {
        return database.runs();
    }

    @Override
    public WaitStore waits() {
        return database.waits();
    }

    @Override
    public JournalStore journals() {
        return database.journals();
    }

    @Override
    public EventOutbox outbox() {
        return database.outbox();
    }

    @Override
    public ListenerDeliveries deliveries() {
        return database.deliveries();
    }

    @Override
    public DeadLetters deadLetters() {
        return database.deadLetters();
    }

    @Override
    public DeadLetterQueries deadLetterQueries() {
        return database.deadLetterQueries();
    }

    @Override
    public FlowQueries flows() {
        return database.flows();
    }

    @Override
    public IdempotencyStore keys() {
        return database.keys();
    }

    @Override
    public BlobStore blobs() {
        return database.blobs();
    }

    @Override
    public ArtifactIndex artifacts() {
        return database.artifacts();
    }

    @Override
    public AnnotationStore annotations() {
        return database.annotations();
    }

    @Override
    public RunLog log() {
        return database.log();
    }

    @Override
    public RunQueries queries() {
        return database.queries();
    }

    @Override
    public AiCallLog aiCalls() {
        return database.aiCalls();
    }

    @Override
    public AiCallQueries aiCallQueries() {
        return database.aiCallQueries();
    }

    @Override
    public LimitStore limits() {
        return database.limits();
    }

    @Override
    public BreakerStore breakers() {
        return database.breakers();
    }

    @Override
    public CacheStore cached() {
        return database.cached();
    }

    @Override
    public RetentionStore retention() {
        return database.retention();
    }

    @Override
    public List<Attached> attached() {
        return database.attached();
    }

    @Override
    public EventFeed feed() {
        return database.feed();
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public void clear() {
        database = new InMemoryDatabase(clock, KEY_PATIENCE);
    }
}
