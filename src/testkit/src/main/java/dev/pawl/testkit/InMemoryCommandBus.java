package dev.pawl.testkit;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.handler.Kernel;
import dev.pawl.engine.port.StaleRunException;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Executes commands in transactions of an {@link InMemoryDatabase}, with the manners of the bus in the server: a call
 * inside a transaction joins it, any other is repeated a few times when it met a concurrent change.
 */
public final class InMemoryCommandBus implements CommandBus {

    private static final int ATTEMPTS = 6;

    private final InMemoryDatabase database;
    private final Kernel kernel;

    public InMemoryCommandBus(InMemoryDatabase database, Kernel kernel) {
        this.database = database;
        this.kernel = kernel;
    }

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        return repeating(attempt -> kernel.execute(attempt == 1 ? envelope : envelope.repeated()));
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        return repeating(attempt -> kernel.executeTogether(
                attempt == 1
                        ? envelopes
                        : envelopes.stream().map(Envelope::repeated).toList()));
    }

    /** @throws IllegalStateException inside a transaction, because there would be no way to roll back only this part */
    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        if (database.isInTransaction()) {
            throw new IllegalStateException("A transactional step begins its own transaction");
        }
        try {
            return repeating(attempt -> {
                Outcome<R> outcome = kernel.execute(report.apply(work.get()));
                if (outcome instanceof Outcome.Done<R> done && keep.test(done.value())) {
                    return outcome;
                }
                throw new NotKept(outcome);
            });
        } catch (NotKept e) {
            @SuppressWarnings("unchecked") // thrown just above, by this very call
            Outcome<R> outcome = (Outcome<R>) e.outcome;
            return outcome;
        }
    }

    private <R> R repeating(IntFunction<R> call) {
        boolean repeatable = !database.isInTransaction();
        for (int attempt = 1; ; attempt++) {
            try {
                int number = attempt;
                return database.inTransaction(() -> call.apply(number));
            } catch (StaleRunException e) {
                if (!repeatable || attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Commands throw no checked exceptions", e);
            }
        }
    }

    /** Rolls back and carries the answer out. */
    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Outcome<?> outcome;

        NotKept(Outcome<?> outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
