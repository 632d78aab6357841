package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;

/** The operators between two operands, as written. */
public enum BinaryOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    GREATER(">"),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    AND("and"),
    OR("or"),
    AND_AND("&&"),
    OR_OR("||"),
    IS("is"),
    IN("in"),
    CONTAINS("contains");

    private final String text;

    BinaryOperator(String text) {
        this.text = text;
    }

    /** The word used for it in programs and in the JSON form. */
    @JsonValue
    public String text() {
        return text;
    }
}
