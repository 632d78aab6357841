package dev.pawl.engine.event;

import java.util.stream.Stream;

/** The catalogue: what a history can tell. The wire name is kept verbatim everywhere. */
public enum EventType {
    WORKFLOW_CREATED("workflow:created"),
    WORKFLOW_DEBOUNCED("workflow:debounced"),
    WORKFLOW_STARTED("workflow:started"),
    WORKFLOW_SUSPENDED("workflow:suspended"),
    WORKFLOW_COMPLETED("workflow:completed"),
    WORKFLOW_FAILED("workflow:failed"),
    WORKFLOW_CANCELLED("workflow:cancelled"),
    WORKFLOW_PAUSED("workflow:paused"),
    WORKFLOW_RESUMED("workflow:resumed"),
    WORKFLOW_RERUN("workflow:rerun"),
    WORKFLOW_RETRIED("workflow:retried"),
    MACHINE_STARTED("machine:started"),
    MACHINE_TRANSITIONED("machine:transitioned"),
    ANNOTATION_CREATED("annotation:created"),
    STAGE_STARTED("stage:started"),
    STAGE_PROGRESS("stage:progress"),
    STAGE_RETRYING("stage:retrying"),
    STAGE_COMPLETED("stage:completed"),
    STAGE_FAILED("stage:failed"),
    STAGE_SUSPENDED("stage:suspended"),
    WORKFLOW_CANCELLING("workflow:cancelling"),
    WORKFLOW_CONTINUED("workflow:continued"),
    WORKFLOW_PARKED("workflow:parked"),
    STEP_COMPLETED("step:completed"),
    STEP_RETRYING("step:retrying"),
    STEP_FAILED("step:failed"),
    TIMER_STARTED("timer:started"),
    TIMER_FIRED("timer:fired"),
    WAIT_STARTED("wait:started"),
    WAIT_COMPLETED("wait:completed"),
    WAIT_TIMED_OUT("wait:timed-out"),
    EVENT_EMITTED("event:emitted"),
    CHILD_STARTED("child:started"),
    CHILD_COMPLETED("child:completed"),
    CHILD_FAILED("child:failed"),
    BRANCH_FAILED("branch:failed"),
    VERSION_MARKED("version:marked");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Whether an event of this name is the last of a run, or of its rerun. */
    public static boolean endsRun(String wireName) {
        return Stream.of(WORKFLOW_COMPLETED, WORKFLOW_FAILED, WORKFLOW_CANCELLED)
                .anyMatch(type -> type.wireName.equals(wireName));
    }
}
