package dev.pawl.api.flow;

/**
 * At most so many at the same time, over all servers.
 *
 * <p>On a workflow: runs that have begun and not finished; a run that sleeps or waits keeps its place. On a stage or step:
 * calls of its code. What comes too early waits, in order of coming, and holds no thread meanwhile.
 *
 * @param limit how many
 * @param key what counts apart
 * @param name shared by all that declare it, whatever workflow they belong to; empty for the workflow's or the step's own
 */
public record Concurrency(int limit, Key key, String name) implements StartPolicy, StepPolicy {

    public Concurrency {
        if (limit < 1) {
            throw new IllegalArgumentException("A concurrency limit is at least 1, was " + limit);
        }
    }

    /** All together. */
    public static Concurrency limit(int limit) {
        return new Concurrency(limit, Key.NONE, "");
    }

    /** So many for each value at this JSON pointer into the input. */
    public static Concurrency perKey(String pointer, int limit) {
        return new Concurrency(limit, Key.at(pointer), "");
    }

    /** As {@link #perKey}, for a key that durable code has at hand. */
    public Concurrency forKey(Object value) {
        return new Concurrency(limit, Key.of(value), name);
    }

    /** Counted with everything of this name. */
    public Concurrency named(String shared) {
        return new Concurrency(limit, key, shared);
    }
}
