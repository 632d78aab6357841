package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event that a run waits for.
 *
 * @param place among the events of the same checkpoint, from 0
 * @param filter JSON object: values that members of the event's data are equal to
 * @param until after this time it takes nothing more
 */
public record OpenWait(
        RunId run,
        int ordinal,
        int place,
        Channel channel,
        String filter,
        @Nullable Instant until) {

    public static final String NO_FILTER = "{}";

    public boolean isFiltered() {
        return !filter.equals(NO_FILTER);
    }
}
