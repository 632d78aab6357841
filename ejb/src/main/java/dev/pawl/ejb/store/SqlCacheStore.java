package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CacheRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.engine.model.limit.CacheKey;
import dev.pawl.engine.port.CacheStore;
import java.time.Instant;
import java.util.Optional;

/** Cached results in the database. */
public final class SqlCacheStore implements CacheStore {

    private final CurrentConnection connection;

    public SqlCacheStore(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public Optional<String> find(CacheKey key, Instant now) {
        return connection.call("find a cached result", current -> CacheRows.find(current, key, now));
    }

    @Override
    public void keep(CacheKey key, String json, Instant until) {
        connection.call("cache a result", current -> CacheRows.keep(current, key, json, until));
    }

    @Override
    public int forget(Instant now, int max) {
        return connection.call("forget cached results", current -> CacheRows.forget(current, now, max));
    }
}
