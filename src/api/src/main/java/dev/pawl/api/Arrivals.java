package dev.pawl.api;

import java.util.Optional;

/** What came of several waits. */
public interface Arrivals {

    /** What this wait received; empty when its time was up or, of any-of, when others came first. */
    <T> Optional<T> of(Wait<T> wait);

    /** Whether nothing came. */
    boolean isEmpty();

    /** Whether every wait received something. */
    boolean isComplete();
}
