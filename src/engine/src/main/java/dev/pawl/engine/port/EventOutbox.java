package dev.pawl.engine.port;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Events that were recorded but not yet delivered. What one transaction recorded for one run stands in one entry; the
 * entries of a run are delivered in order, and a run whose entry fails delays no other. The history of an instance of an
 * entity is delivered like that of a run, one event an entry.
 */
public interface EventOutbox {

    /**
     * An entry.
     *
     * @param run whose history the entry continues; for an event about an instance, the name of that instance's history
     * @param workflowId of the run; the entity, or the command of no entity, for an event about an instance
     * @param firstSequence of its first event; names the entry together with the run
     * @param attempts deliveries that failed so far
     * @param about present when the entry is one event of an entity command, absent when it is about a run
     */
    record Entry(
            RunId run,
            String tenant,
            String workflowId,
            String correlationId,
            long firstSequence,
            int attempts,
            List<RunEvent> events,
            Optional<About> about) {
        public Entry {
            events = List.copyOf(events);
            if (about.isPresent() && events.size() != 1) {
                throw new IllegalArgumentException("an entry of an entity command is one event, got " + events.size());
            }
        }

        /** An entry of a run. */
        public Entry(
                RunId run,
                String tenant,
                String workflowId,
                String correlationId,
                long firstSequence,
                int attempts,
                List<RunEvent> events) {
            this(run, tenant, workflowId, correlationId, firstSequence, attempts, events, Optional.empty());
        }
    }

    /**
     * What an event of an entity command is about.
     *
     * @param eventId the event's own id, which later events name as their cause
     * @param entity absent when the command belongs to no entity
     * @param instanceId absent when the command ran on no instance
     * @param emitIndex place of the event among those of its command, from 0
     */
    record About(
            String eventId,
            Optional<String> entity,
            Optional<String> instanceId,
            String command,
            String channel,
            int emitIndex) {}

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
