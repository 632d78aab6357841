package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/** What a step does. */
@FunctionalInterface
public interface StepCode<T extends @Nullable Object> {
    T call(StepContext step) throws Exception;
}
