package dev.pawl.manifest.runtime.expression;

/** How much one command call may evaluate: nested expressions at once, and expressions in all. */
public record EvaluationLimits(int depth, int steps) {
    public static final EvaluationLimits DEFAULT = new EvaluationLimits(64, 10_000);

    public EvaluationLimits {
        if (depth < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "an evaluation limit is at least 1, got depth " + depth + ", steps " + steps);
        }
    }

    public EvaluationLimits withSteps(int changed) {
        return new EvaluationLimits(depth, changed);
    }

    public EvaluationLimits withDepth(int changed) {
        return new EvaluationLimits(changed, steps);
    }
}
