package dev.pawl.engine.model;

import java.time.Instant;

/**
 * A worker's right to report a step.
 *
 * @param token new for every lease; a report must carry it
 * @param owner the worker, see {@link WorkerId}
 * @param until after this time any worker may take the step
 */
public record Lease(String token, String owner, Instant until) {
    public Lease until(Instant later) {
        return new Lease(token, owner, later);
    }
}
