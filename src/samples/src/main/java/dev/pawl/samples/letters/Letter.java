package dev.pawl.samples.letters;

/** A letter as it came in. */
public record Letter(String from, String text) {
    public Letter {
        if (from == null || from.isBlank() || text == null || text.isBlank()) {
            throw new IllegalArgumentException("a letter has a sender and a text");
        }
    }
}
