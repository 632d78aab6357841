package dev.pawl.api;

/**
 * Thrown by the compact constructor of a record that does not accept one of its components; what is then told to the sender
 * points at that member, not at the record as a whole.
 *
 * <pre>{@code
 * record Settings(int sentences) {
 *   Settings {
 *     if (sentences < 1) {
 *       throw new InvalidMemberException("sentences", "must be at least 1, was " + sentences);
 *     }
 *   }
 * }
 * }</pre>
 */
public final class InvalidMemberException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String member;

    public InvalidMemberException(String member, String message) {
        super(message);
        this.member = member;
    }

    /** The name of the component. */
    public String member() {
        return member;
    }
}
