package dev.pawl.engine.json;

import java.util.List;

/** A JSON text or value does not fit the type it is read as. */
public final class UnfitJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public UnfitJsonException(FieldError error) {
        super(error.pointer().isEmpty() ? error.message() : error.pointer() + ": " + error.message());
        this.errors = List.of(error);
    }

    public List<FieldError> errors() {
        return errors;
    }
}
