package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.port.StaleRunException;
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
        return noting(() -> bus.execute(envelope), new AtomicReference<>());
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return noting(() -> bus.executeTogether(envelopes), new AtomicReference<>());
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        AtomicReference<@Nullable RuntimeException> ofWork = new AtomicReference<>();
        return noting(() -> bus.executeWith(remembering(work, ofWork), report, keep), ofWork);
    }

    /** What the work throws rolls everything back, so that nothing is unclear. */
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

    private <R> R noting(Supplier<R> call, AtomicReference<@Nullable RuntimeException> harmless) {
        try {
            return call.get();
        } catch (RefusedException | StaleRunException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e != harmless.get()) {
                unclear.run();
            }
            throw e;
        }
    }
}
