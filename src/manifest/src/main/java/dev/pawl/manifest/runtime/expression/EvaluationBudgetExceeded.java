package dev.pawl.manifest.runtime.expression;

/** An evaluation went past one of its {@link EvaluationLimits}. */
public final class EvaluationBudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final int allowed;

    EvaluationBudgetExceeded(String limit, int allowed) {
        super(null, null, false, false);
        this.limit = limit;
        this.allowed = allowed;
    }

    @Override
    public String getMessage() {
        return text();
    }

    public String text() {
        return "Evaluation budget exceeded: " + limit + " limit " + allowed + " reached";
    }

    /** {@code steps} or {@code depth}. */
    public String limit() {
        return limit;
    }

    public int allowed() {
        return allowed;
    }
}
