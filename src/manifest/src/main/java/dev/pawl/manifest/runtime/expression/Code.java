package dev.pawl.manifest.runtime.expression;

/** A compiled expression. Immutable and shared by all evaluations; what changes is in the {@link Frame}. */
public abstract class Code {
    /** The value in this frame; every call costs one step of the frame's budget. */
    public final Object value(Frame frame) {
        Evaluation evaluation = frame.evaluation();
        evaluation.enter();
        Object value = compute(frame);
        evaluation.leave();
        return value;
    }

    abstract Object compute(Frame frame);
}
