package dev.pawl.ejb.manifest;

import dev.pawl.ejb.store.sql.Facets;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.StoredEntity;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Instances that a program wants in memory: on this server alone, and gone when it stops. They change with the JTA
 * transaction: one transaction at a time has them, and what it wrote is taken back when it rolls back.
 */
final class MemoryInstances implements EntityStore {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Comparator<EntityKey> ORDER = Comparator.comparing(EntityKey::tenant)
            .thenComparing(EntityKey::entity)
            .thenComparing(EntityKey::id);

    private final TransactionSynchronizationRegistry transactions;
    private final NavigableMap<EntityKey, StoredEntity> rows = new TreeMap<>(ORDER);
    private final Semaphore turn = new Semaphore(1, true);
    private final Deque<Runnable> undo = new ArrayDeque<>();

    MemoryInstances(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** How much this transaction has written so far; nothing when it never came here. */
    int mark() {
        return isMine() ? undo.size() : 0;
    }

    /** Takes back what this transaction wrote after a mark. */
    void undoTo(int mark) {
        if (isMine()) {
            while (undo.size() > mark) {
                undo.pop().run();
            }
        }
    }

    @Override
    public Optional<StoredEntity> load(EntityKey key) {
        takeTurn();
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public boolean insert(StoredEntity entity) {
        takeTurn();
        if (rows.putIfAbsent(entity.key(), entity) != null) {
            return false;
        }
        undo.push(() -> rows.remove(entity.key()));
        return true;
    }

    @Override
    public boolean compareAndSet(StoredEntity next, long expectedVersion) {
        takeTurn();
        StoredEntity before = rows.get(next.key());
        if (before == null || before.version() != expectedVersion) {
            return false;
        }
        rows.put(next.key(), next);
        undo.push(() -> rows.put(before.key(), before));
        return true;
    }

    @Override
    public List<StoredEntity> find(EntityQuery query) {
        takeTurn();
        return rows.values().stream()
                .filter(row -> row.key().tenant().equals(query.tenant())
                        && row.key().entity().equals(query.entity())
                        && (query.after() == null || row.key().id().compareTo(query.after()) > 0)
                        && Facets.match(row.properties(), query.equal()))
                .limit(query.limit())
                .toList();
    }

    private boolean isMine() {
        return transactions.getResource(this) != null;
    }

    /** From its first look to its end, these rows are the transaction's own. */
    private void takeTurn() {
        if (isMine()) {
            return;
        }
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "Another transaction has held the instances in memory for longer than " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the instances in memory", e);
        }
        transactions.putResource(this, this);
        transactions.registerInterposedSynchronization(new Ending());
    }

    private final class Ending implements Synchronization {
        @Override
        public void beforeCompletion() {
            // the outcome decides
        }

        @Override
        public void afterCompletion(int status) {
            if (status != Status.STATUS_COMMITTED) {
                undoAll();
            }
            undo.clear();
            turn.release();
        }

        private void undoAll() {
            while (!undo.isEmpty()) {
                undo.pop().run();
            }
        }
    }
}
