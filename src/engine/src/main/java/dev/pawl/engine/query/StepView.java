package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that durable code made, as its journal has it.
 *
 * @param id branch, name and occurrence
 * @param kind {@code step}, {@code transaction}, {@code sleep}, {@code wait}, {@code emit}, {@code child}, {@code fork} or
 *     {@code marker}
 * @param until while it is open: when it goes on by itself, if that is known
 * @param detail what the call asked for, where the name does not say it all: events waited for, the child's run id
 */
public record StepView(
        int ordinal,
        String id,
        String name,
        String branch,
        String kind,
        StepStatus status,
        int attempt,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant until,
        @Nullable JsonNode output,
        @Nullable Failure error,
        @Nullable JsonNode detail) {}
