package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a violated constraint does: informs, warns and lets through, or stops the command. */
public enum Severity {
    OK("ok"),
    WARN("warn"),
    BLOCK("block");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    /** The word used for it in programs and in the JSON form. */
    @JsonValue
    public String text() {
        return text;
    }
}
