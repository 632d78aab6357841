package dev.pawl.web.operation;

import dev.pawl.engine.command.BatchSize;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to do some of what there is to do.
 *
 * @param max absent: 100
 */
public record Batch(@Nullable Integer max) {
    public Batch {
        BatchSize.of("max", max);
    }

    int size() {
        return BatchSize.of("max", max);
    }
}
