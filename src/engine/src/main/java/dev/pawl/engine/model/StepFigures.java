package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What user code told about itself in one attempt.
 *
 * @param progress JSON of the last progress not yet stored, if any
 * @param metrics JSON object, if any figure was kept
 * @param cost in the operator's currency
 */
public record StepFigures(
        @Nullable String progress, @Nullable String metrics, double cost, long tokens) {
    public static final StepFigures NONE = new StepFigures(null, null, 0, 0);
}
