package dev.pawl.api;

import java.util.Optional;

/**
 * How a child is started and what it owes its parent.
 *
 * @param whenParentEnds what becomes of a child that has not finished when its parent has
 * @param priority empty: the parent's
 * @param correlationId empty: the parent's
 * @param version of the workflow; empty: the highest deployed
 */
public record ChildOptions(
        WhenParentEnds whenParentEnds,
        Optional<Integer> priority,
        Optional<String> correlationId,
        Optional<Integer> version) {

    public enum WhenParentEnds {
        /** The child is cancelled. */
        CANCEL,
        /** The child goes on. */
        ABANDON
    }

    /** Cancelled with its parent. */
    public static final ChildOptions DEFAULT =
            new ChildOptions(WhenParentEnds.CANCEL, Optional.empty(), Optional.empty(), Optional.empty());

    /** Outlives its parent: fire and forget. */
    public static ChildOptions detached() {
        return new ChildOptions(WhenParentEnds.ABANDON, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public ChildOptions withPriority(int value) {
        return new ChildOptions(whenParentEnds, Optional.of(value), correlationId, version);
    }

    public ChildOptions withCorrelationId(String value) {
        return new ChildOptions(whenParentEnds, priority, Optional.of(value), version);
    }

    public ChildOptions withVersion(int value) {
        return new ChildOptions(whenParentEnds, priority, correlationId, Optional.of(value));
    }
}
