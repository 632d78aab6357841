package dev.pawl.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that a wait is for.
 *
 * @param waits in the order in which the author named them
 */
public record Awaited(Mode mode, List<One> waits) {

    /** The correlation of a wait that takes events of any, and of an event that has none. */
    public static final String ANY = "";

    public enum Mode {
        ONE,
        ANY,
        ALL
    }

    /**
     * One event.
     *
     * @param filter JSON object: values that members of the event's data are equal to
     * @param until when it is waited for in vain; absent: never
     */
    public record One(
            String event,
            String correlation,
            String filter,
            @Nullable Instant until) {}

    public Awaited {
        waits = List.copyOf(waits);
    }

    /** When all of them have been waited for in vain; absent when one has no end. */
    public @Nullable Instant until() {
        return until(place -> false);
    }

    /**
     * When the rest of them has been waited for in vain; absent when one of these has no end.
     *
     * @param hasCome by place, from 0
     */
    public @Nullable Instant until(IntPredicate hasCome) {
        Instant last = null;
        for (int place = 0; place < waits.size(); place++) {
            if (hasCome.test(place)) {
                continue;
            }
            Instant until = waits.get(place).until();
            if (until == null) {
                return null;
            }
            last = last == null || until.isAfter(last) ? until : last;
        }
        return last;
    }

    /** Whether nothing more has to come. */
    public boolean isEnough(int arrived) {
        return mode == Mode.ALL ? arrived == waits.size() : arrived > 0;
    }
}
