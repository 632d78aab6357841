package dev.pawl.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DurableWorkflow} does everything with. Each call that has an effect is recorded under its place: the branch
 * it was made in, its name, and how often that name was used there before. Names may be made as the run goes, {@code
 * "send-" + customer.id()} for instance; they have 1 to 200 characters without {@code /} and {@code #}.
 *
 * <p>A context belongs to one branch of one run and is used by one thread at a time. Inside a step there is only the {@link
 * StepContext}.
 */
public interface WorkflowContext {

    RunInfo run();

    /** Counted from 1; one more with every {@link #continueAsNew}. */
    int generation();

    // steps

    /**
     * Runs a piece of work, or, when it has ended before, answers what it came to.
     *
     * <p>A step that has ended never runs again. One that was cut off by a crash does, so that what it does outside must
     * tolerate a repetition, for which {@link StepContext#idempotencyKey()} stays the same.
     *
     * @throws StepFailedException when the attempts that the options allow are used up
     */
    <T extends @Nullable Object> T step(String name, TypeRef<T> type, StepOptions options, StepCode<T> code);

    default <T extends @Nullable Object> T step(String name, Class<T> type, StepOptions options, StepCode<T> code) {
        return step(name, TypeRef.of(type), options, code);
    }

    default <T extends @Nullable Object> T step(String name, Class<T> type, StepOptions options, Callable<T> code) {
        return step(name, TypeRef.of(type), options, step -> code.call());
    }

    default <T extends @Nullable Object> T step(String name, Class<T> type, StepCode<T> code) {
        return step(name, TypeRef.of(type), StepOptions.DEFAULT, code);
    }

    default <T extends @Nullable Object> T step(String name, Class<T> type, Callable<T> code) {
        return step(name, type, StepOptions.DEFAULT, code);
    }

    default void step(String name, StepOptions options, StepTask code) {
        step(name, None.class, options, step -> {
            code.run(step);
            return None.NONE;
        });
    }

    default void step(String name, StepTask code) {
        step(name, StepOptions.DEFAULT, code);
    }

    default void step(String name, StepOptions options, StepAction code) {
        step(name, options, step -> code.run());
    }

    default void step(String name, StepAction code) {
        step(name, StepOptions.DEFAULT, code);
    }

    /**
     * A step inside the engine's JTA transaction: what it does to the database and by JMS through the container commits
     * together with its record, exactly once. When it throws, all of that is rolled back, and its retries follow.
     */
    <T extends @Nullable Object> T transaction(String name, TypeRef<T> type, StepOptions options, StepCode<T> code);

    default <T extends @Nullable Object> T transaction(String name, Class<T> type, StepCode<T> code) {
        return transaction(name, TypeRef.of(type), StepOptions.DEFAULT, code);
    }

    default <T extends @Nullable Object> T transaction(String name, Class<T> type, Callable<T> code) {
        return transaction(name, TypeRef.of(type), StepOptions.DEFAULT, step -> code.call());
    }

    default void transaction(String name, StepAction code) {
        transaction(name, TypeRef.of(None.class), StepOptions.DEFAULT, step -> {
            code.run();
            return None.NONE;
        });
    }

    // time

    /** Waits, from milliseconds to years, while the run holds no thread, connection or message. */
    void sleep(String name, Duration duration);

    default void sleep(Duration duration) {
        sleep("sleep", duration);
    }

    /** Waits for a time; one that has passed is no wait. */
    void sleepUntil(String name, Instant time);

    default void sleepUntil(Instant time) {
        sleepUntil("sleep", time);
    }

    // events

    /** Waits for an event; empty when the wait's time is up. */
    <T> Optional<T> waitFor(Wait<T> wait);

    default <T> Optional<T> waitFor(EventType<T> type, String correlation, Duration atMost) {
        return waitFor(Wait.forEvent(type).correlatedBy(correlation).atMost(atMost));
    }

    /**
     * Waits for an event.
     *
     * @throws WaitTimeoutException when the wait's time is up
     */
    default <T> T require(Wait<T> wait) {
        return waitFor(wait)
                .orElseThrow(() -> new WaitTimeoutException(
                        wait.type().name(),
                        "Run " + run().id() + " waited for '" + wait.type().name() + "'"
                                + wait.correlation()
                                        .map(id -> " of '" + id + "'")
                                        .orElse("") + " in vain, "
                                + wait.atMost().orElse(Duration.ZERO)));
    }

    /** Waits until one of these events has come, or every wait's time is up. */
    Arrivals waitForAny(String name, Wait<?>... waits);

    /** Waits until each of these events has come or its wait's time is up. */
    Arrivals waitForAll(String name, Wait<?>... waits);

    /** Waits for a signal to this run, for as long as it takes. */
    default <T> T waitForSignal(String name, Class<T> payload) {
        return require(Wait.forSignal(name, payload));
    }

    /** Publishes an event, once; waits, triggers and subscribers react to it. */
    <T> void emit(EventType<T> type, String correlation, T data);

    /** Sends a signal to another run, once. */
    void signal(String runId, String name, Object data);

    // side by side

    /** Begins a fork whose branches may be of different types. */
    Fork fork(String name, ParallelOptions options);

    default Fork fork(String name) {
        return fork(name, ParallelOptions.ALL);
    }

    /**
     * Runs branches side by side; results are in the order of the branches. When one fails, the others are stopped.
     *
     * @throws BranchFailedException when a branch failed
     */
    default <T extends @Nullable Object> List<T> parallel(
            String name, ParallelOptions options, List<? extends Branch<T>> branches) {
        Fork fork = fork(name, options);
        List<Promise<T>> promises = promises(fork, branches);
        fork.join();
        List<T> results = new ArrayList<>();
        promises.forEach(promise -> results.add(promise.get()));
        return results;
    }

    default <T extends @Nullable Object> List<T> parallel(String name, List<? extends Branch<T>> branches) {
        return parallel(name, ParallelOptions.ALL, branches);
    }

    /** Runs branches side by side to their ends, whatever becomes of the others, in the order of the branches. */
    default <T extends @Nullable Object> List<Promise<T>> collect(
            String name, ParallelOptions options, List<? extends Branch<T>> branches) {
        Fork fork = fork(name, options);
        List<Promise<T>> promises = promises(fork, branches);
        fork.joinAll();
        return promises;
    }

    /** Runs the same for every item, side by side; results are in the order of the items. */
    default <I, T extends @Nullable Object> List<T> forEach(
            String name, ParallelOptions options, List<I> items, Function<I, Branch<T>> branchOf) {
        return parallel(name, options, items.stream().map(branchOf).toList());
    }

    private static <T extends @Nullable Object> List<Promise<T>> promises(
            Fork fork, List<? extends Branch<T>> branches) {
        List<Promise<T>> promises = new ArrayList<>();
        for (Branch<T> branch : branches) {
            promises.add(fork.branch(String.valueOf(promises.size()), branch));
        }
        return promises;
    }

    // other runs

    /** Starts a run of another workflow, once; its id is derived from this run and this place. */
    <I, O> ChildRun<O> child(
            Class<? extends DurableWorkflow<I, O>> workflow, String name, I input, ChildOptions options);

    default <I, O> ChildRun<O> child(Class<? extends DurableWorkflow<I, O>> workflow, String name, I input) {
        return child(workflow, name, input, ChildOptions.DEFAULT);
    }

    /** Starts a run of any workflow, a pipeline for instance. */
    <O> ChildRun<O> child(String workflowId, TypeRef<O> output, String name, Object input, ChildOptions options);

    /** Runs another workflow as a step of this one, and waits for what it comes to. */
    default <I, O> O subWorkflow(Class<? extends DurableWorkflow<I, O>> workflow, String name, I input) {
        return child(workflow, name, input).join();
    }

    // compensation

    /** Begins a saga. */
    Saga saga();

    // changes of the code

    /**
     * Whether this run takes the changed way: false when it came past this place before the change was deployed, and from
     * then on the same for this run and branch wherever the id is asked for.
     */
    default boolean changed(String id) {
        return version(id, 0, 1) == 1;
    }

    /**
     * Which variant of the code this run takes.
     *
     * @param oldest still known here; what a run that came past this place before the id was introduced gets
     * @param latest what a run that comes here first gets
     */
    int version(String id, int oldest, int latest);

    // the same at every replay

    /** The time of what happened last in this branch. */
    Instant now();

    /** How long it is until a time; zero when that has passed. */
    default Duration until(Instant time) {
        Duration left = Duration.between(now(), time);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Random numbers, the same at every replay. */
    RandomGenerator random();

    /** An id nobody else has, the same at every replay. */
    UUID uuid();

    // what others see

    /** Lets others read a value by {@code GET /api/runs/{runId}/queries/{name}}; the latest under a name counts. */
    void publish(String name, Object value);

    /** Tells how far the run is, from 0 to 1. */
    void progress(double progress, String message, Map<String, ?> details);

    default void progress(double progress, String message) {
        progress(progress, message, Map.of());
    }

    /** Keeps a figure with the run; the last value under a name counts. */
    void metric(String name, double value);

    /** The run's log; what was written before is not repeated by a replay. */
    StageLog log();

    // the end

    /** True once this run is cancelled or its worker has lost it. */
    boolean isCancelled();

    /**
     * Ends this history and goes on under the same run id from the beginning, with this input: so that what has no end
     * keeps a short history. It does not return.
     *
     * <pre>{@code return ctx.continueAsNew(state.next());}</pre>
     */
    <T> T continueAsNew(Object input);
}
