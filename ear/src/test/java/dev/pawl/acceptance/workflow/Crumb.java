package dev.pawl.acceptance.workflow;

/** What the probes hand from stage to stage. */
public record Crumb(String name, String gate, int steps) {
    Crumb next() {
        return new Crumb(name, gate, steps + 1);
    }
}
