package dev.pawl.engine.model.limit;

import org.jspecify.annotations.Nullable;

/**
 * What a ticket is let in under. Each ticket carries its own, so that a changed declaration holds from its first ticket on.
 *
 * @param total tickets let in at the same time in the whole scope; 0 for any number
 * @param perLane the same in each lane
 * @param totalRate how fast tickets of the scope are let in
 * @param laneRate the same in each lane
 * @param ready tickets of the scope let in at a time, the next when all of them have begun; 0 for any number
 * @param queue tickets that may wait in a lane; -1 for any number
 */
public record Limits(
        int total,
        int perLane,
        @Nullable Rate totalRate,
        @Nullable Rate laneRate,
        int ready,
        int queue) {

    public static final int ANY = -1;

    /** At most so many at the same time in a lane. */
    public static Limits perLane(int limit) {
        return new Limits(0, limit, null, null, 0, ANY);
    }

    /** Whether a ticket counts for as long as it is held, and so has to be given back. */
    public boolean isHeld() {
        return total > 0 || perLane > 0 || ready > 0;
    }

    public String encoded() {
        return total + "|" + perLane + "|" + encoded(totalRate) + "|" + encoded(laneRate) + "|" + ready + "|" + queue;
    }

    private static String encoded(@Nullable Rate rate) {
        return rate == null ? "" : rate.encoded();
    }

    public static Limits decode(String text) {
        String[] parts = text.split("\\|", -1);
        return new Limits(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Rate.decode(parts[2]),
                Rate.decode(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]));
    }
}
