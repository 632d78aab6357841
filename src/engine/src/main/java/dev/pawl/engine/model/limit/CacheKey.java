package dev.pawl.engine.model.limit;

/**
 * Names a cached result.
 *
 * @param hash of the canonical input
 */
public record CacheKey(String tenant, String name, String hash) {}
