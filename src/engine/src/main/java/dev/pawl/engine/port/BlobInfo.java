package dev.pawl.engine.port;

import java.time.Instant;

/**
 * What is known of a blob without reading it.
 *
 * @param version another one with every put: equal versions under a key are equal contents
 * @param contentType as it was given
 * @param size in bytes
 */
public record BlobInfo(String key, String version, String contentType, long size, Instant createdAt) {}
