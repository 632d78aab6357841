package dev.pawl.engine.model;

/**
 * A worker process: a node that outlives restarts, and the incarnation that does not. What an earlier incarnation of a
 * node leased can be taken back at once, because that process is gone.
 */
public record WorkerId(String node, String incarnation) {
    public WorkerId {
        if (node.isEmpty() || node.contains("#")) {
            throw new IllegalArgumentException("A node name is not empty and has no '#': '" + node + "'");
        }
    }

    /** The text kept as {@link Lease#owner()}. */
    public String owner() {
        return node + "#" + incarnation;
    }

    @Override
    public String toString() {
        return owner();
    }
}
