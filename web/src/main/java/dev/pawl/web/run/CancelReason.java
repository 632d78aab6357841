package dev.pawl.web.run;

import org.jspecify.annotations.Nullable;

/** The body of a request to cancel a run. */
public record CancelReason(@Nullable String reason) {}
