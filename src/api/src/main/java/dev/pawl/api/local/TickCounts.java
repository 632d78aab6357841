package dev.pawl.api.local;

/**
 * What one tick did.
 *
 * @param claimed pending runs started
 * @param polled suspended stages found due
 * @param reaped steps taken back from workers whose lease ran out
 * @param relayed outbox entries delivered
 */
public record TickCounts(int claimed, int polled, int reaped, int relayed) {}
