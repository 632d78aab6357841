package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Something a run waits for has come.
 *
 * @param place among what the same checkpoint waits for, from 0
 * @param data of the event, or a child's output; absent when a child has failed
 * @param failure why a child has failed
 */
public record Arrival(
        RunId run,
        int ordinal,
        int place,
        @Nullable Payload data,
        @Nullable Failure failure) {}
