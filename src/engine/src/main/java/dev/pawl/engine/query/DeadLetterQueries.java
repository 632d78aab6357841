package dev.pawl.engine.query;

import dev.pawl.engine.port.DeadLetters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads dead letters as they are committed. */
public interface DeadLetterQueries {

    /**
     * A dead letter.
     *
     * @param listener who did not take it; absent: the sink
     * @param runId absent for the event of an entity command
     * @param entity and instanceId: what the event of an entity command is about, as far as it is about any
     * @param sequence of its first event
     * @param events the types of its events
     * @param attempts how often it was tried
     * @param reason the last failure
     */
    record DeadLetterView(
            @Nullable String listener,
            @Nullable String runId,
            @Nullable String workflowId,
            @Nullable String entity,
            @Nullable String instanceId,
            String correlationId,
            long sequence,
            List<String> events,
            int attempts,
            String reason,
            Instant buriedAt) {
        public DeadLetterView {
            events = List.copyOf(events);
        }
    }

    /**
     * Oldest first, as they would be replayed.
     *
     * @param cursor {@link Page#next} of the part before, or empty for the first
     * @throws IllegalArgumentException when the cursor was not made by this method
     */
    Page<DeadLetterView> list(DeadLetters.Selection selection, Optional<String> cursor, int limit);
}
