package dev.pawl.engine.port;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Events that were recorded but not yet delivered. What one transaction recorded for one run stands in one entry; the
 * entries of a run are delivered in order, and a run whose entry fails delays no other.
 */
public interface EventOutbox {

    /**
     * An entry.
     *
     * @param firstSequence of its first event; names the entry together with the run
     * @param attempts deliveries that failed so far
     */
    record Entry(
            RunId run,
            String tenant,
            String workflowId,
            String correlationId,
            long firstSequence,
            int attempts,
            List<RunEvent> events) {
        public Entry {
            events = List.copyOf(events);
        }
    }

    /**
     * Entries due at {@code now}, locked for this transaction, in order per run and none behind an undelivered one of its
     * run; empty when another transaction is relaying.
     */
    List<Entry> lockDue(int max, Instant now);

    void delivered(Collection<Entry> entries);

    /** The delivery failed: the entry is due again later. */
    void postpone(Entry entry, Instant due, String reason);

    /** Gives up on the entry: it becomes a dead letter and the run's next entry may follow. */
    void bury(Entry entry, String reason, Instant now);
}
