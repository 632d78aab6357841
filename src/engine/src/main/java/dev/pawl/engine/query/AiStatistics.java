package dev.pawl.engine.query;

import java.math.BigDecimal;
import java.util.List;

/**
 * What calls of models came to.
 *
 * @param items the dearest first
 * @param total over all groups, also those not shown
 */
public record AiStatistics(List<Group> items, Sum total) {

    public AiStatistics {
        items = List.copyOf(items);
    }

    /** The calls of one model under one topic. */
    public record Group(
            String topic,
            String model,
            long calls,
            long failed,
            long submitted,
            long inputTokens,
            long outputTokens,
            BigDecimal cost) {}

    /**
     * Figures of calls.
     *
     * @param failed without an answer, or with one that was no use
     * @param submitted part of batches that nobody has read yet, whose tokens are unknown
     */
    public record Sum(long calls, long failed, long submitted, long inputTokens, long outputTokens, BigDecimal cost) {}
}
