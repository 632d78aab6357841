package dev.pawl.manifest.runtime;

import org.jspecify.annotations.Nullable;

/** A command that an event led to: whether it succeeded, and if not, why. */
public record ReactionOutcome(
        String eventId,
        String event,
        String commandType,
        @Nullable String instanceId,
        @Nullable String error) {
    public boolean success() {
        return error == null;
    }
}
