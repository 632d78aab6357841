package dev.pawl.engine.command;

import dev.pawl.engine.model.limit.CacheKey;
import org.jspecify.annotations.Nullable;

/** Looks for a result that is still good. */
public record FindCached(CacheKey key) implements Command<FindCached.Found> {

    /** @param json absent when there is none */
    public record Found(@Nullable String json) {}

    @Override
    public String type() {
        return "cache.find";
    }

    @Override
    public Class<Found> resultType() {
        return Found.class;
    }
}
