package dev.pawl.api.ai;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs, in the operator's currency per million tokens.
 *
 * @param input tokens sent to it
 * @param output tokens it answers
 * @param embedding tokens turned into vectors
 * @param batchDiscount the part of the price that a batch saves: 0.5 for half the price
 */
public record AiPrices(BigDecimal input, BigDecimal output, BigDecimal embedding, BigDecimal batchDiscount) {

    /** Digits after the point that a cost is kept with. */
    public static final int SCALE = 12;

    /** Nothing costs anything: a model of one's own. */
    public static final AiPrices FREE =
            new AiPrices(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final int MILLION = 6;

    public AiPrices {
        if (input.signum() < 0 || output.signum() < 0 || embedding.signum() < 0) {
            throw new IllegalArgumentException("A price must not be negative");
        }
        if (batchDiscount.signum() < 0 || batchDiscount.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "batchDiscount must lie between 0 and 1, was " + batchDiscount.toPlainString());
        }
    }

    /** Prices of a model that answers, without a discount. */
    public static AiPrices of(String input, String output) {
        return new AiPrices(new BigDecimal(input), new BigDecimal(output), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public AiPrices withEmbedding(String price) {
        return new AiPrices(input, output, new BigDecimal(price), batchDiscount);
    }

    public AiPrices withBatchDiscount(String part) {
        return new AiPrices(input, output, embedding, new BigDecimal(part));
    }

    /** What an answer cost. */
    public AiUsage answer(long inputTokens, long outputTokens) {
        return new AiUsage(inputTokens, outputTokens, rounded(full(inputTokens, outputTokens)));
    }

    /** What an answer cost as part of a batch. */
    public AiUsage batchAnswer(long inputTokens, long outputTokens) {
        BigDecimal part = BigDecimal.ONE.subtract(batchDiscount);
        return new AiUsage(
                inputTokens,
                outputTokens,
                rounded(full(inputTokens, outputTokens).multiply(part)));
    }

    /** What vectors cost. */
    public AiUsage vectors(long inputTokens) {
        return new AiUsage(inputTokens, 0, rounded(times(embedding, inputTokens)));
    }

    private BigDecimal full(long inputTokens, long outputTokens) {
        return times(input, inputTokens).add(times(output, outputTokens));
    }

    private static BigDecimal times(BigDecimal perMillion, long tokens) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
    }

    private static BigDecimal rounded(BigDecimal cost) {
        return cost.setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}
