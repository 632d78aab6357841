package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as people see it. Absent members are left out of the JSON.
 *
 * @param durationMs from start to completion, or to now while it runs
 * @param stages empty in lists
 * @param waiting what keeps the run from going on; empty when nothing does
 */
public record RunView(
        String id,
        String tenant,
        String workflowId,
        int workflowVersion,
        RunStatus status,
        boolean paused,
        @Nullable JsonNode input,
        @Nullable JsonNode config,
        @Nullable JsonNode metadata,
        @Nullable JsonNode output,
        @Nullable Failure error,
        int priority,
        String correlationId,
        @Nullable String parentRunId,
        String principal,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        Totals totals,
        long version,
        List<StageView> stages,
        List<Waiting> waiting) {

    public record Totals(double cost, long tokens) {}

    public record StageView(
            String id,
            String name,
            int group,
            StepStatus status,
            int attempt,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable Instant nextPollAt,
            @Nullable Instant maxWaitUntil,
            @Nullable Integer polls,
            @Nullable JsonNode output,
            @Nullable Failure error,
            @Nullable JsonNode progress,
            @Nullable JsonNode metrics) {}

    /**
     * @param reason {@code CLAIM}, {@code WORKER}, {@code RETRY}, {@code POLL}, {@code EVENT}, {@code RUNNING}, {@code PAUSED},
     *     {@code LIMIT}, {@code DEBOUNCE}, {@code CIRCUIT_OPEN};
     *     of durable code {@code TIMER}, {@code EVENT}, {@code SIGNAL}, {@code CHILD}, or the code of what keeps it parked
     * @param until when it goes on by itself, if that is known
     */
    public record Waiting(
            String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            String detail) {}
}
