package dev.pawl.testkit.memory;

import dev.pawl.engine.model.limit.CacheKey;
import dev.pawl.engine.port.CacheStore;
import dev.pawl.testkit.memory.Rows.CachedResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cached results in memory. */
final class InMemoryCacheStore implements CacheStore {

    private final Transactions transactions;
    private final Rows rows;

    InMemoryCacheStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Optional<String> find(CacheKey key, Instant now) {
        return transactions
                .statement(() -> rows.cached.get(key))
                .filter(result -> result.until().isAfter(now))
                .map(CachedResult::json);
    }

    @Override
    public void keep(CacheKey key, String json, Instant until) {
        rows.cached.put(key, new CachedResult(json, until));
    }

    @Override
    public int forget(Instant now, int max) {
        List<CacheKey> old = transactions.statement(rows.cached::rows).entrySet().stream()
                .filter(entry -> !entry.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
        old.forEach(rows.cached::remove);
        return old.size();
    }
}
