package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Retry;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.RetryPauses;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command in a transaction of its own and, where its program declares a retry, in further ones after technical
 * failures. A failed commit may have happened all the same, so such a command always has an idempotency key: what was done
 * already is answered, not done again.
 */
final class RepeatCommand {
    private static final int MOST_ATTEMPTS = 100;

    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final Function<CommandCall, CommandResult> once;

    /** @param once runs the command in one transaction */
    RepeatCommand(
            Catalog catalog, RuntimePorts ports, RuntimeOptions options, Function<CommandCall, CommandResult> once) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.once = once;
    }

    CommandResult run(CommandCall call) {
        Retry declared = declared(call);
        if (declared == null || declared.maxAttempts() <= 1 || options.deterministic()) {
            return once.apply(call);
        }
        CommandCall keyed = keyed(call);
        int most = (int) Math.min(declared.maxAttempts(), MOST_ATTEMPTS);
        RetryDelays delays = new RetryDelays(declared);
        Instant begin = ports.clock().instant();
        Duration paused = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            try {
                return once.apply(keyed);
            } catch (RuntimeException failure) {
                Duration pause = delays.after(attempt, ports.random().getAsDouble());
                paused = paused.plus(pause);
                if (attempt >= most || isTooLong(begin, paused, pause) || !isCovered(declared, failure)) {
                    throw failure;
                }
                ports.pauses().pause(new RetryPauses.FailedAttempt(call.type(), attempt, most, pause, failure));
            }
        }
    }

    private boolean isTooLong(Instant begin, Duration paused, Duration pause) {
        Duration longest = options.longestRetry();
        Duration passed = Duration.between(begin, ports.clock().instant());
        return paused.compareTo(longest) > 0 || passed.plus(pause).compareTo(longest) > 0;
    }

    /** Absent where there is no such command, which is told when it runs. */
    private @Nullable Retry declared(CommandCall call) {
        try {
            return catalog.command(call).declared().retry();
        } catch (CommandRefused unknown) {
            return null;
        }
    }

    private CommandCall keyed(CommandCall call) {
        return call.options().idempotencyKey() == null
                ? call.with(call.options()
                        .withIdempotencyKey("retry:" + ports.traceIds().next()))
                : call;
    }

    /** A retry that names no codes covers everything that may pass by itself. */
    private boolean isCovered(Retry declared, RuntimeException failure) {
        Optional<EntityTransactions.Passing> passing = ports.transactions().passing(failure);
        return passing.isPresent()
                && (declared.retryOn().isEmpty()
                        || declared.retryOn().contains(passing.get().name()));
    }
}
