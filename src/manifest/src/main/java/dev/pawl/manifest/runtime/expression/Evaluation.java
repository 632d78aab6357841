package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One call's evaluation: its budget, which it shares with no other call, the caller, and the surroundings. Confined to
 * one thread.
 */
public final class Evaluation {
    private final EvaluationLimits limits;
    private final Surroundings surroundings;
    private final Map<String, Object> context;
    private final Object user;
    private final List<ComputedInProgress> computing = new ArrayList<>(4);
    private int steps;
    private int depth;

    public Evaluation(EvaluationLimits limits, Map<String, Object> context, Surroundings surroundings) {
        this.limits = limits;
        this.context = context;
        this.user = context.getOrDefault("user", Absent.NULL);
        this.surroundings = surroundings;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Map<String, Object> context() {
        return context;
    }

    /** The caller as a map, or {@link Absent#NULL}. */
    public Object user() {
        return user;
    }

    /** Takes {@code cost} steps of the budget for work that is not the evaluation of an expression. */
    public void charge(int cost) {
        steps += cost;
        if (steps > limits.steps()) {
            throw new EvaluationBudgetExceeded("steps", limits.steps());
        }
    }

    void enter() {
        if (++steps > limits.steps()) {
            throw new EvaluationBudgetExceeded("steps", limits.steps());
        }
        if (++depth > limits.depth()) {
            throw new EvaluationBudgetExceeded("depth", limits.depth());
        }
    }

    void leave() {
        depth--;
    }

    /** A computed property of a record; undefined when its value would depend on itself. */
    Object computed(EntityRecord record, Computed property) {
        for (ComputedInProgress running : computing) {
            if (running.property == property && running.record.isSameAs(record)) {
                throw new DependsOnItself(running);
            }
        }
        ComputedInProgress started = new ComputedInProgress(record, property);
        int depthBefore = depth;
        computing.add(started);
        try {
            return property.code().value(new Frame(this, record, property.locals(), Map.of()));
        } catch (DependsOnItself cycle) {
            if (cycle.origin != started) {
                throw cycle;
            }
            depth = depthBefore;
            return Absent.UNDEFINED;
        } finally {
            computing.remove(computing.size() - 1);
        }
    }

    private record ComputedInProgress(EntityRecord record, Computed property) {}

    /** Unwinds to the computed property that the cycle came back to. */
    private static final class DependsOnItself extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ComputedInProgress origin;

        DependsOnItself(ComputedInProgress origin) {
            super("a computed property depends on itself", null, false, false);
            this.origin = origin;
        }
    }
}
