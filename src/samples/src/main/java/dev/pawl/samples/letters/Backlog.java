package dev.pawl.samples.letters;

import java.util.List;

/** Letters that can wait until tomorrow. */
public record Backlog(List<Letter> letters) {
    public Backlog {
        letters = List.copyOf(letters);
        if (letters.isEmpty()) {
            throw new IllegalArgumentException("there must be letters");
        }
    }
}
