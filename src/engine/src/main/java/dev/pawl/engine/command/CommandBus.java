package dev.pawl.engine.command;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Executes commands in transactions. A call within the caller's transaction joins it; without one, each call is a
 * transaction of its own, repeated when it met a concurrent change.
 */
public interface CommandBus {

    <R> Outcome<R> execute(Envelope<R> envelope);

    /**
     * Executes several commands without idempotency keys in one transaction, which all of them share for better or
     * worse; outcomes are in the order of the commands. A refused command does not stop the others.
     */
    List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes);

    /**
     * Runs user code inside the transaction of the command that reports it, so that both commit or neither does.
     *
     * @param work user code; what it throws rolls everything back and is thrown on
     * @param report makes the command of what the work returned
     * @param keep decides by the answer; when it is false everything is rolled back and the answer returned all the same
     */
    <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep);
}
