package dev.pawl.api.flow;

import java.time.Duration;
import java.util.Set;

/**
 * Keeps calls from what fails anyway. Closed, it lets all through and counts failures, those of all servers together; after
 * too many it opens, and calls fail at once with {@code CIRCUIT_OPEN}, unretried; after a while it is half open and lets
 * probes through, whose success closes it and whose failure opens it again.
 *
 * <p>While it is closed and nothing fails, a call costs no statement; a server learns within a second what another has found.
 * A breaker guards what is outside, so all tenants share it.
 *
 * @param name shared by all that declare it
 * @param failures so many open it
 * @param within counted over this time
 * @param openFor how long it stays open
 * @param probes let through at a time while it is half open; as many successes close it
 * @param waits whether calls wait for the breaker to let probes through, holding no thread, instead of failing
 * @param ignored exceptions that are the caller's fault and count as successes
 */
public record CircuitBreaker(
        String name,
        int failures,
        Duration within,
        Duration openFor,
        int probes,
        boolean waits,
        Set<Class<? extends Throwable>> ignored)
        implements StepPolicy {

    /** The code of a call that was not made. */
    public static final String OPEN = "CIRCUIT_OPEN";

    public CircuitBreaker {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A circuit breaker has a name");
        }
        if (failures < 1 || probes < 1) {
            throw new IllegalArgumentException(
                    "failures and probes must be at least 1, were " + failures + " and " + probes);
        }
        if (within.isZero() || within.isNegative() || openFor.isZero() || openFor.isNegative()) {
            throw new IllegalArgumentException("The times of a circuit breaker must be positive");
        }
        ignored = Set.copyOf(ignored);
    }

    /** Opens after so many failures within a time, for a time; then one probe decides. */
    public static CircuitBreaker of(String name, int failures, Duration within, Duration openFor) {
        return new CircuitBreaker(name, failures, within, openFor, 1, false, Set.of());
    }

    public CircuitBreaker probes(int count) {
        return new CircuitBreaker(name, failures, within, openFor, count, waits, ignored);
    }

    /** Calls wait while it is open instead of failing. */
    public CircuitBreaker waiting() {
        return new CircuitBreaker(name, failures, within, openFor, probes, true, ignored);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public final CircuitBreaker ignoring(Class<? extends Throwable>... types) {
        return new CircuitBreaker(name, failures, within, openFor, probes, waits, Set.of(types));
    }

    /** Whether this failure says something about what is called. */
    public boolean counts(Throwable failure) {
        return ignored.stream().noneMatch(type -> type.isInstance(failure));
    }
}
