package dev.pawl.manifest.runtime;

/** A query that asks for something the entity does not have or does not show. */
public final class InvalidQuery extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidQuery(String message) {
        super(message);
    }
}
