package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.BreakerRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.engine.model.limit.Breaker;
import dev.pawl.engine.port.BreakerStore;
import java.time.Instant;
import java.util.Map;

/** Circuit breakers in the database. */
public final class SqlBreakerStore implements BreakerStore {

    private final CurrentConnection connection;

    public SqlBreakerStore(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, Breaker> notClosed() {
        return connection.call("read circuit breakers", BreakerRows::notClosed);
    }

    @Override
    public Breaker lock(String name) {
        return connection.call("lock circuit breaker " + name, current -> BreakerRows.lock(current, name));
    }

    @Override
    public void save(String name, Breaker breaker, Instant now) {
        connection.call("save circuit breaker " + name, current -> BreakerRows.save(current, name, breaker, now));
    }

    @Override
    public int forget(Instant changedBefore, int max) {
        return connection.call("forget circuit breakers", current -> BreakerRows.forget(current, changedBefore, max));
    }
}
