package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/** A part of a workflow that goes on beside others. It uses the context it is given, not that of the workflow around it. */
@FunctionalInterface
public interface Branch<T extends @Nullable Object> {
    T run(WorkflowContext ctx) throws Exception;
}
