package dev.pawl.manifest.ir;

import java.util.List;

/**
 * The moments of a saga. A saga names their events with {@code emit}; which name is whose says its ending. A moment without
 * a name has its usual one.
 */
public enum SagaMoment {
    STARTED("Started"),
    STEP_COMPLETED("StepCompleted"),
    STEP_COMPENSATED("StepCompensated"),
    COMPLETED("Completed"),
    FAILED("Failed", "Aborted"),
    COMPENSATED("Compensated");

    private static final List<SagaMoment> OF_STEPS = List.of(STEP_COMPLETED, STEP_COMPENSATED);

    private final List<String> endings;

    SagaMoment(String... endings) {
        this.endings = List.of(endings);
    }

    public String nameAmong(List<String> declared) {
        return declared.stream().filter(this::isToldBy).findFirst().orElse("Saga" + endings.get(0));
    }

    /** Whether an event of this name tells any moment at all. */
    public static boolean isAny(String name) {
        for (SagaMoment moment : values()) {
            if (moment.isToldBy(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isToldBy(String name) {
        boolean ofAStep =
                OF_STEPS.stream().flatMap(step -> step.endings.stream()).anyMatch(name::endsWith);
        return OF_STEPS.contains(this) == ofAStep && endings.stream().anyMatch(name::endsWith);
    }
}
