package dev.pawl.engine.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a run; a UUIDv7 when the engine made it, so that ids sort by time of creation. JSON: its text. */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("A run id has 1 to 64 characters, this one " + value.length());
        }
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
