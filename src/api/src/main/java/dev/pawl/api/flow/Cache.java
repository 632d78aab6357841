package dev.pawl.api.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a stage or step came to, for all servers. Calls with the same input are answered from there; while one is
 * computed, the others wait for it, holding no thread. When the server that computes dies, another one takes over. Failures
 * are not kept.
 *
 * <p>The same input is the same canonical JSON: order of members and spaces make no difference. Tenants share nothing.
 *
 * @param ttl how long a result is good
 * @param name shared by all that declare it and return the same type; empty for the step's own
 * @param input what counts as the input; absent: the stage's input, and in durable code the run's
 */
public record Cache(Duration ttl, String name, @Nullable Object input) implements StepPolicy {

    public Cache {
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("The ttl of a cache must be positive, was " + ttl);
        }
    }

    public static Cache ttl(Duration ttl) {
        return new Cache(ttl, "", null);
    }

    /** For durable code, whose steps have no input of their own: anything Jackson writes. */
    public Cache forInput(Object value) {
        return new Cache(ttl, name, value);
    }

    /** Kept with everything of this name. */
    public Cache named(String shared) {
        return new Cache(ttl, shared, input);
    }
}
