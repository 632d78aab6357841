package dev.pawl.manifest.runtime;

/** Ends a command that has written already: thrown through its unit of work, so that nothing of it stays. */
final class CommandUndone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    CommandUndone(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
