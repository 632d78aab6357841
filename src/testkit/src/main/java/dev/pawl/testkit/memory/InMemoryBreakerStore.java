package dev.pawl.testkit.memory;

import dev.pawl.engine.model.limit.Breaker;
import dev.pawl.engine.port.BreakerStore;
import dev.pawl.testkit.memory.Rows.StoredBreaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Circuit breakers in memory. */
final class InMemoryBreakerStore implements BreakerStore {

    private record BreakerLock(String name) {}

    private final Transactions transactions;
    private final Rows rows;

    InMemoryBreakerStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Map<String, Breaker> notClosed() {
        Map<String, Breaker> open = new TreeMap<>();
        transactions.statement(rows.breakers::rows).forEach((name, stored) -> {
            if (stored.breaker().state() != Breaker.State.CLOSED) {
                open.put(name, stored.breaker());
            }
        });
        return open;
    }

    @Override
    public Breaker lock(String name) {
        transactions.lock(new BreakerLock(name));
        return transactions.statement(
                () -> rows.breakers.get(name).map(StoredBreaker::breaker).orElse(Breaker.CLOSED));
    }

    @Override
    public void save(String name, Breaker breaker, Instant now) {
        rows.breakers.put(name, new StoredBreaker(breaker, now));
    }

    @Override
    public int forget(Instant changedBefore, int max) {
        List<String> old = transactions.statement(rows.breakers::rows).entrySet().stream()
                .filter(entry -> entry.getValue().breaker().state() == Breaker.State.CLOSED
                        && entry.getValue().changedAt().isBefore(changedBefore))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
        old.forEach(rows.breakers::remove);
        return old.size();
    }
}
