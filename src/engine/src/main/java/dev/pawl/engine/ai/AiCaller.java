package dev.pawl.engine.ai;

import dev.pawl.engine.model.RunId;

/** On whose behalf a model is called. */
public record AiCaller(String tenant, RunId run, String workflowId, String stepId, int attempt) {

    /** What calls are recorded under that name no topic. */
    String usualTopic() {
        return workflowId + "." + stepId;
    }

    @Override
    public String toString() {
        return "stage " + stepId + " of run " + run;
    }
}
