package dev.pawl.api.ai;

import java.math.BigDecimal;

/**
 * What a call used.
 *
 * @param cost in the operator's currency
 */
public record AiUsage(long inputTokens, long outputTokens, BigDecimal cost) {

    public static final AiUsage NONE = new AiUsage(0, 0, BigDecimal.ZERO);

    public AiUsage plus(AiUsage other) {
        return new AiUsage(inputTokens + other.inputTokens, outputTokens + other.outputTokens, cost.add(other.cost));
    }

    public long tokens() {
        return inputTokens + outputTokens;
    }
}
