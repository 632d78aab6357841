package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.Report;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.port.StaleRunException;
import dev.pawl.engine.port.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes commands on, and tells when one ended without saying whether it was committed. */
final class DoubtingBus implements CommandBus {

    private final CommandBus bus;
    private final Runnable unclear;

    /** @param unclear called when nobody knows whether a transaction was committed */
    DoubtingBus(CommandBus bus, Runnable unclear) {
        this.bus = bus;
        this.unclear = unclear;
    }

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        return noting(() -> bus.execute(envelope), thrown -> leases(envelope));
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return noting(() -> bus.executeTogether(envelopes), thrown -> envelopes.stream()
                .anyMatch(DoubtingBus::leases));
    }

    /** What the work throws rolls everything back, so that nothing is unclear. */
    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        AtomicReference<@Nullable RuntimeException> ofWork = new AtomicReference<>();
        return noting(() -> bus.executeWith(remembering(work, ofWork), report, keep), thrown -> thrown != ofWork.get());
    }

    private static <T> Supplier<T> remembering(Supplier<T> work, AtomicReference<@Nullable RuntimeException> thrown) {
        return () -> {
            try {
                return work.get();
            } catch (RuntimeException e) {
                thrown.set(e);
                throw e;
            }
        };
    }

    private static boolean leases(Envelope<?> envelope) {
        return envelope.command() instanceof Report<?>
                || envelope.command() instanceof TakeWork
                || envelope.command() instanceof TakeStep;
    }

    /** @param isUnclear of what else is thrown than that the store is away, of which it always is */
    private <R> R noting(Supplier<R> call, Predicate<RuntimeException> isUnclear) {
        try {
            return call.get();
        } catch (RefusedException | StaleRunException e) {
            throw e;
        } catch (StoreUnavailableException e) {
            unclear.run();
            throw e;
        } catch (RuntimeException e) {
            if (isUnclear.test(e)) {
                unclear.run();
            }
            throw e;
        }
    }
}
