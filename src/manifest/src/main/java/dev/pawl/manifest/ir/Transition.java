package dev.pawl.manifest.ir;

import java.util.List;

/** The values a state property may take next, from one value. */
public record Transition(String property, String from, List<String> to) {
    public Transition {
        to = to == null ? List.of() : List.copyOf(to);
    }
}
