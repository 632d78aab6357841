package dev.pawl.engine.model.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of a scope that count apart from others, in a row.
 *
 * @param dueAt when to look at it; absent while only a ticket that comes or goes can change anything
 * @param turn when it was last served: the lane that waits longest is next
 * @param bucket absent without a rate
 */
public record Lane(
        String scope,
        String name,
        @Nullable Instant dueAt,
        Instant turn,
        @Nullable Bucket bucket) {

    /** Of all tickets of a scope; the lane of a key has the key's name behind an equals sign. */
    public static final String ALL = "";

    public static Lane begun(String scope, String name, Instant now) {
        return new Lane(scope, name, now, now, null);
    }

    public static String ofKey(String key) {
        return "=" + key;
    }

    public Lane due(@Nullable Instant time) {
        return new Lane(scope, name, time, turn, bucket);
    }

    public Lane served(Instant time) {
        return new Lane(scope, name, dueAt, time, bucket);
    }

    public Lane with(@Nullable Bucket value) {
        return new Lane(scope, name, dueAt, turn, value);
    }
}
