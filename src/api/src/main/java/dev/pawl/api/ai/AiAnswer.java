package dev.pawl.api.ai;

/**
 * What a model answered.
 *
 * @param usage with that of answers that were sent back, if any
 * @param truncated whether the model stopped because it had reached the most tokens allowed
 */
public record AiAnswer<T>(T value, AiUsage usage, boolean truncated) {}
