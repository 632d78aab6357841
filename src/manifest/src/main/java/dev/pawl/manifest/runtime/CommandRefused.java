package dev.pawl.manifest.runtime;

/** Ends a command early; nothing was written yet. */
final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    CommandRefused(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    CommandRefused(RefusalCode code, String message) {
        this(Refusal.of(code, message));
    }

    Refusal refusal() {
        return refusal;
    }
}
