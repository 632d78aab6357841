package dev.pawl.samples.document;

/**
 * A document that will not be processed, however often it is tried. What may pass later (a time-out, a busy server) is an
 * {@link java.io.IOException} instead.
 */
public final class DocumentRefused extends RuntimeException {

    /** Why a document is refused. */
    public enum Reason {
        /** The address is not a URL, or holds what a document's address must not, such as a password. */
        NOT_A_URL,
        /** Neither {@code http} nor {@code https}. */
        SCHEME,
        /** The host is not on the public internet. */
        PRIVATE_ADDRESS,
        TOO_MANY_REDIRECTS,
        /** The server answered that the document cannot be had, such as 404. */
        STATUS,
        /** Neither HTML nor PDF nor plain text. */
        MEDIA_TYPE,
        /** More bytes, pages or characters than the limits allow. */
        TOO_LARGE,
        /** Broken beyond reading. */
        UNREADABLE,
        /** Needs a password, or its author forbids taking out the text. */
        ENCRYPTED,
        /** Well formed, but without any text; a scan, for instance. */
        NO_TEXT
    }

    private final Reason reason;

    public DocumentRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public DocumentRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
