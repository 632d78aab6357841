package dev.pawl.engine.query;

import java.util.Optional;

/** Reads what belongs together by correlation, whatever recorded it. */
public interface FlowQueries {

    /**
     * The events of a flow in order of time, those of one history in its order.
     *
     * @param type only events of this type
     * @param cursor {@link Page#next} of the part before, or empty for the first
     * @throws IllegalArgumentException when the cursor was not made by this method
     */
    Page<FlowEvent> events(
            String tenant, String correlationId, Optional<String> type, Optional<String> cursor, int limit);
}
