package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;

/** What may be said of a property. */
public enum Modifier {
    REQUIRED("required"),
    UNIQUE("unique"),
    INDEXED("indexed"),
    PRIVATE("private"),
    READONLY("readonly"),
    OPTIONAL("optional"),
    SEARCHABLE("searchable"),
    ENCRYPTED("encrypted"),
    MASKED("masked");

    private final String text;

    Modifier(String text) {
        this.text = text;
    }

    /** The word used for it in programs and in the JSON form. */
    @JsonValue
    public String text() {
        return text;
    }
}
