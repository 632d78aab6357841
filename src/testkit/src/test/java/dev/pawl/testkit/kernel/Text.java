package dev.pawl.testkit.kernel;

/** What the stages of these tests pass on. */
record Text(String value) {
    Text {
        if (value.contains("!")) {
            throw new IllegalArgumentException("a text has no exclamation mark");
        }
    }
}
