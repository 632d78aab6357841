package dev.pawl.testkit;

import dev.pawl.api.StageContext;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a test has decided about one stage, and how often its code was started. */
final class StageScript {

    /** The stage's own code. */
    interface Code {
        @Nullable
        Object call() throws Exception;
    }

    private final String stageId;
    private final Runnable onCrash;
    private final Queue<Exception> failures = new ArrayDeque<>();
    private final Map<String, Integer> executions = new HashMap<>();
    private @Nullable Function<Object, ?> mock;
    private int crashesBefore;
    private int crashesAfter;

    /** @param onCrash told when the worker dies of this */
    StageScript(String stageId, Runnable onCrash) {
        this.stageId = stageId;
        this.onCrash = onCrash;
    }

    synchronized void fail(int times, Exception failure) {
        for (int i = 0; i < times; i++) {
            failures.add(failure);
        }
    }

    synchronized void mock(Function<Object, ?> answer) {
        mock = answer;
    }

    synchronized void crashBefore(int times) {
        crashesBefore += times;
    }

    synchronized void crashAfter(int times) {
        crashesAfter += times;
    }

    synchronized int executions() {
        return executions.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int executions(String run) {
        return executions.getOrDefault(run, 0);
    }

    @Nullable
    Object execute(StageContext context, Object input, Code code) throws Exception {
        return execute(context.run().id(), input, code);
    }

    @Nullable
    Object execute(String run, Object input, Code code) throws Exception {
        if (takeCrashBefore()) {
            onCrash.run();
            throw new WorkerCrash("before stage " + stageId);
        }
        Exception failure = begin(run);
        if (failure != null) {
            throw failure;
        }
        Function<Object, ?> standIn = mock();
        Object output = standIn == null ? code.call() : standIn.apply(input);
        if (takeCrashAfter()) {
            onCrash.run();
            throw new WorkerCrash("after stage " + stageId);
        }
        return output;
    }

    private synchronized @Nullable Exception begin(String run) {
        executions.merge(run, 1, Integer::sum);
        return failures.poll();
    }

    private synchronized @Nullable Function<Object, ?> mock() {
        return mock;
    }

    private synchronized boolean takeCrashBefore() {
        return crashesBefore > 0 && crashesBefore-- > 0;
    }

    private synchronized boolean takeCrashAfter() {
        return crashesAfter > 0 && crashesAfter-- > 0;
    }
}
