package dev.pawl.engine.ai;

import dev.pawl.engine.model.RunId;

/**
 * On whose behalf a model is called.
 *
 * @param priorAttempts attempts before the last rerun: what they submitted is not wanted any more
 */
public record AiCaller(String tenant, RunId run, String workflowId, String stepId, int attempt, int priorAttempts) {

    /** In a run that was never run again. */
    public AiCaller(String tenant, RunId run, String workflowId, String stepId, int attempt) {
        this(tenant, run, workflowId, stepId, attempt, 0);
    }

    /** What calls are recorded under that name no topic; the rounds of a loop are one topic. */
    String usualTopic() {
        return workflowId + "." + stepId.replaceAll("#\\d+", "");
    }

    @Override
    public String toString() {
        return "stage " + stepId + " of run " + run;
    }
}
