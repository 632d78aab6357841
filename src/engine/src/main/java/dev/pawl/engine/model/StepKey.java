package dev.pawl.engine.model;

/** Names a step: the run and the step's id inside it. */
public record StepKey(RunId run, String stepId) {
    @Override
    public String toString() {
        return run + "/" + stepId;
    }
}
