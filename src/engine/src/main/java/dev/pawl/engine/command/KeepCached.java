package dev.pawl.engine.command;

import dev.pawl.engine.model.limit.CacheKey;
import java.time.Duration;

/**
 * Keeps a result, and lets everybody in who waited for it.
 *
 * @param scope of the limit by which one computes at a time
 * @param lane of the key
 * @param holder who computed
 */
public record KeepCached(CacheKey key, String json, Duration ttl, String scope, String lane, String holder)
        implements Command<KeepCached.Kept> {

    /** @param told how many waited for it */
    public record Kept(int told) {}

    @Override
    public String type() {
        return "cache.keep";
    }

    @Override
    public Class<Kept> resultType() {
        return Kept.class;
    }
}
