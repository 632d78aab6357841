package dev.pawl.manifest.runtime.memory;

import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.port.EventLog;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import dev.pawl.manifest.runtime.port.RateLimitStore;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Instances, idempotency records, events and rate limits of one process. */
public final class InMemoryEntities implements EntityTransactions {
    private static final int KEEP_ALL = Integer.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final UndoLog undo = new UndoLog();
    private final InMemoryEntityStore entities = new InMemoryEntityStore(undo);
    private final InMemoryIdempotencyStore idempotency = new InMemoryIdempotencyStore(undo);
    private final InMemoryRateLimitStore rateLimits = new InMemoryRateLimitStore();
    private final InMemoryApprovalStore approvals = new InMemoryApprovalStore(undo);
    private final InMemoryEventLog events;
    private final EntityUnitOfWork unitOfWork = new SharedUnitOfWork();

    public InMemoryEntities() {
        this(KEEP_ALL);
    }

    /** Keeps only the last events; a process that runs long without reading its log needs this. */
    public InMemoryEntities(int keptEvents) {
        this.events = new InMemoryEventLog(undo, keptEvents);
    }

    @Override
    public <T> T inTransaction(Function<EntityUnitOfWork, T> work) {
        lock.lock();
        int savepoint = undo.size();
        boolean done = false;
        try {
            T result = work.apply(unitOfWork);
            done = true;
            return result;
        } finally {
            if (!done) {
                undo.rollBackTo(savepoint);
            } else if (lock.getHoldCount() == 1) {
                undo.clear();
            }
            lock.unlock();
        }
    }

    /** Every event that is still kept, in order. */
    public List<EntityEvent> eventLog() {
        return inTransaction(work -> events.all());
    }

    private final class SharedUnitOfWork implements EntityUnitOfWork {
        @Override
        public EntityStore entities() {
            return entities;
        }

        @Override
        public IdempotencyStore idempotency() {
            return idempotency;
        }

        @Override
        public EventLog events() {
            return events;
        }

        @Override
        public RateLimitStore rateLimits() {
            return rateLimits;
        }

        @Override
        public ApprovalStore approvals() {
            return approvals;
        }
    }
}
