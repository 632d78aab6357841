package dev.pawl.testkit.kernel;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Passes everything on; a test says what shall go wrong. */
abstract class DisturbedBus implements CommandBus {
    private final CommandBus bus;

    DisturbedBus(CommandBus bus) {
        this.bus = bus;
    }

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        return bus.execute(envelope);
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return bus.executeTogether(envelopes);
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        return bus.executeWith(work, report, keep);
    }
}
