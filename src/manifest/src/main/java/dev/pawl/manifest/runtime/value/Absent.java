package dev.pawl.manifest.runtime.value;

/** The two ways of not being there: never given, and given as nothing. They are loosely equal to each other only. */
public enum Absent {
    UNDEFINED("undefined"),
    NULL("null");

    private final String text;

    Absent(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
