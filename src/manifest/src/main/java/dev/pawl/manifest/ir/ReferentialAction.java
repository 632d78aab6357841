package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;

/** What happens to a row when the one it refers to is deleted or changes its key. */
public enum ReferentialAction {
    CASCADE("cascade"),
    RESTRICT("restrict"),
    SET_NULL("setNull"),
    SET_DEFAULT("setDefault"),
    NO_ACTION("noAction");

    private final String text;

    ReferentialAction(String text) {
        this.text = text;
    }

    /** The word used for it in programs and in the JSON form. */
    @JsonValue
    public String text() {
        return text;
    }
}
