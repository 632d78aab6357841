package dev.pawl.engine.port;

import dev.pawl.engine.model.limit.CacheKey;
import java.time.Instant;
import java.util.Optional;

/** Results that are kept for a time. Everything happens inside the transaction around the call. */
public interface CacheStore {

    /** The result as JSON, if it is good at {@code now}. */
    Optional<String> find(CacheKey key, Instant now);

    /** In the place of what there was. Two transactions do not keep the same key at the same time. */
    void keep(CacheKey key, String json, Instant until);

    /** Forgets results that are good no more. Answers how many. */
    int forget(Instant now, int max);
}
