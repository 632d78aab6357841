package dev.pawl.api;

/** What a step without a result does, when it wants to know its attempt, its idempotency key or its log. */
@FunctionalInterface
public interface StepTask {
    void run(StepContext step) throws Exception;
}
