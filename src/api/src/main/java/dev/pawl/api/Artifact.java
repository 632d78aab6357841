package dev.pawl.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an artifact without reading it.
 *
 * @param size in bytes
 * @param sha256 of the bytes, in hexadecimal
 * @param stage that put it; absent when it came from outside
 * @param attempt of that stage
 */
public record Artifact(
        String key,
        String contentType,
        long size,
        String sha256,
        @Nullable String stage,
        @Nullable Integer attempt,
        Instant createdAt) {}
