package dev.pawl.api.flow;

/**
 * Pending runs of a workflow start in turns over their keys, so that one key with thousands of runs keeps no other waiting.
 * Inside a key, priority and then order of creation hold; between keys, priority does not.
 *
 * @param key whose turn it is
 */
public record Fairness(Key key) implements StartPolicy {

    public Fairness {
        if (key.pointer() == null) {
            throw new IllegalArgumentException("Fairness needs the JSON pointer of a key");
        }
    }

    /** In turns over the values at this JSON pointer into the input. */
    public static Fairness byKey(String pointer) {
        return new Fairness(Key.at(pointer));
    }
}
