package dev.pawl.api.local;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the transaction around the question sees it.
 *
 * @param principal who started it; {@code anonymous} when nobody was authenticated
 * @param metadata what the starter attached
 * @param error absent unless the run has failed or was cancelled
 */
public record RunSnapshot(
        String id,
        String workflowId,
        int workflowVersion,
        RunStatus status,
        boolean paused,
        int priority,
        String correlationId,
        String principal,
        Map<String, Object> metadata,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Error error) {

    /**
     * Why a run ended without a result.
     *
     * @param stage absent when it concerns the run as a whole
     */
    public record Error(
            String code, String message, @Nullable String stage) {}
}
