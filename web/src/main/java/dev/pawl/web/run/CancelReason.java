package dev.pawl.web.run;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request to cancel a run.
 *
 * @param compensate whether the sagas of durable code are compensated first; absent: no
 */
public record CancelReason(
        @Nullable String reason, @Nullable Boolean compensate) {}
