package dev.pawl.testkit;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Places at which a server may die, counted as it comes past them: before and after each of its transactions, and before
 * and after the code of each step. What lies between two of them changes nothing that outlives the process, so that a death
 * anywhere is like a death at one of them.
 */
final class KillPoints {

    /** A server that lives. */
    static final KillPoints NONE = new KillPoints(Set.of());

    private final Set<Integer> deadly;
    private final List<String> deaths = new ArrayList<>();
    private int passed;
    private boolean atWork;

    /** @param deadly numbers of the places to die at, counted from 0 */
    KillPoints(Set<Integer> deadly) {
        this.deadly = Set.copyOf(deadly);
    }

    /** How many places the server came past. */
    int passed() {
        return passed;
    }

    /** Where it died, in order. */
    List<String> deaths() {
        return List.copyOf(deaths);
    }

    /** Whether the server does its own work; what a test asks of it meanwhile is no place to die. */
    boolean isAtWork() {
        return atWork;
    }

    void atWork(boolean value) {
        atWork = value;
    }

    /** The server comes past a place. */
    void pass(String place) {
        if (atWork && deadly.contains(passed++)) {
            deaths.add(place);
            throw new WorkerCrash(place);
        }
    }

    /** A bus whose transactions are such places. */
    CommandBus guard(CommandBus bus) {
        return this == NONE ? bus : new Guarded(bus);
    }

    private final class Guarded implements CommandBus {
        private final CommandBus bus;

        Guarded(CommandBus bus) {
            this.bus = bus;
        }

        @Override
        public <R> Outcome<R> execute(Envelope<R> envelope) {
            return between(nameOf(envelope), () -> bus.execute(envelope));
        }

        @Override
        public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
            String names = envelopes.isEmpty() ? "nothing" : nameOf(envelopes.get(0));
            return between(names, () -> bus.executeTogether(envelopes));
        }

        @Override
        public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
            return between("a transaction with user code", () -> bus.executeWith(work, report, keep));
        }

        private <T> T between(String name, Supplier<T> transaction) {
            pass("before " + name);
            T answer = transaction.get();
            pass("after " + name);
            return answer;
        }

        private String nameOf(Envelope<?> envelope) {
            return envelope.command().getClass().getSimpleName();
        }
    }
}
