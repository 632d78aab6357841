package dev.pawl.manifest.runtime;

/** A read that cannot be answered for this caller, such as one without the tenant its program needs. */
public final class ReadRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    ReadRefused(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
