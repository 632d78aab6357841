package dev.pawl.engine.port;

import dev.pawl.engine.model.limit.Breaker;
import java.time.Instant;
import java.util.Map;

/** Circuit breakers by name. Everything happens inside the transaction around the call. */
public interface BreakerStore {

    /** All that are not closed. */
    Map<String, Breaker> notClosed();

    /** Locks a breaker until the transaction ends; one nobody knows is closed. */
    Breaker lock(String name);

    /** After {@link #lock}. */
    void save(String name, Breaker breaker, Instant now);

    /** Forgets closed ones that have not changed since. Answers how many. */
    int forget(Instant changedBefore, int max);
}
