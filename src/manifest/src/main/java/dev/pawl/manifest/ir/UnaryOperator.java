package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;

/** The operators before one operand, as written. */
public enum UnaryOperator {
    NOT("not"),
    BANG("!"),
    NEGATE("-");

    private final String text;

    UnaryOperator(String text) {
        this.text = text;
    }

    /** The word used for it in programs and in the JSON form. */
    @JsonValue
    public String text() {
        return text;
    }
}
