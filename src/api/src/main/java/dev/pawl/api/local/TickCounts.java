package dev.pawl.api.local;

/**
 * What one tick did.
 *
 * @param claimed pending runs started
 * @param polled suspended stages found due
 * @param reaped steps taken back from workers whose lease ran out
 * @param relayed outbox entries delivered
 * @param fired commands started because a schedule was due
 * @param expired requests for approval whose time was over
 */
public record TickCounts(int claimed, int polled, int reaped, int relayed, int fired, int expired) {}
