package dev.pawl.acceptance.workflow;

import org.jspecify.annotations.Nullable;

/**
 * What the probes are started with.
 *
 * @param name appears in the journal
 * @param gate the gate the middle stage waits at, if any
 */
public record ProbeInput(String name, @Nullable String gate) {
    public ProbeInput {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
