package dev.pawl.testkit;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The bus of a worker that may die: from then on nothing it does reaches the stores, whatever its code cleans up. */
final class MortalBus implements CommandBus {

    private final CommandBus bus;
    private boolean dead;

    MortalBus(CommandBus bus) {
        this.bus = bus;
    }

    void die() {
        dead = true;
    }

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        return alive(() -> bus.execute(envelope));
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return alive(() -> bus.executeTogether(envelopes));
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        return alive(() -> bus.executeWith(work, report, keep));
    }

    private <T> T alive(Supplier<T> call) {
        if (dead) {
            throw new WorkerCrash("and does nothing more");
        }
        try {
            return call.get();
        } catch (WorkerCrash e) {
            dead = true;
            throw e;
        }
    }
}
