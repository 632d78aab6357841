package dev.pawl.engine.port;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.TraceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Events that were recorded but not yet delivered. What one transaction recorded for one run is one entry; the entries of a
 * run are delivered in order. All entries of a transaction stand on one slip until they are delivered, so that a
 * transaction of many runs costs no more than that of one. An entry that fails changes over to the late lane, where each
 * has a place of its own, and whatever its run has recorded since follows it there: it costs the others neither time nor a
 * look. The history of an instance of an entity is delivered like that of a run, one event an entry.
 *
 * <p>Of all transactions one relays at a time; every method but {@link #peek} takes part in it.
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
     * @param trace of what created the run
     */
    record Entry(
            RunId run,
            String tenant,
            String workflowId,
            String correlationId,
            long firstSequence,
            int attempts,
            List<RunEvent> events,
            Optional<About> about,
            Optional<TraceContext> trace) {
        public Entry {
            events = List.copyOf(events);
            if (about.isPresent() && events.size() != 1) {
                throw new IllegalArgumentException("an entry of an entity command is one event, got " + events.size());
            }
        }

        public EntryKey key() {
            return new EntryKey(run, firstSequence);
        }

        /** An entry outside any trace. */
        public Entry(
                RunId run,
                String tenant,
                String workflowId,
                String correlationId,
                long firstSequence,
                int attempts,
                List<RunEvent> events,
                Optional<About> about) {
            this(run, tenant, workflowId, correlationId, firstSequence, attempts, events, about, Optional.empty());
        }

        /** An entry of a run outside any trace. */
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

    /** An entry to deliver, and its name. */
    record Named(EntryName name, Entry entry) {}

    /**
     * Entries to deliver.
     *
     * @param found how many of the names were there, those that were set aside among them
     */
    record Batch(List<Named> due, int found) {
        public static final Batch NONE = new Batch(List.of(), 0);

        public Batch {
            due = List.copyOf(due);
        }

        public List<Entry> entries() {
            return due.stream().map(Named::entry).toList();
        }

        public List<EntryName> names() {
            return due.stream().map(Named::name).toList();
        }
    }

    /**
     * Names entries that are due, in order per run. Locks nothing, and reads no events, so that it works for those nobody
     * can read.
     */
    List<EntryName> peek(OutboxLane lane, int max, Instant now);

    /**
     * Those of these entries that may be delivered now, in order per run, locked for this transaction; none when another
     * transaction is relaying. What a run with a late entry has recorded since is set aside behind that entry on the way.
     */
    Batch lock(Collection<? extends EntryName> names);

    /** These entries, locked before, are done with; what waited behind a late one is fresh again, before all others. */
    void delivered(Collection<? extends EntryName> names);

    /**
     * The delivery failed: the entry is due again later, in the late lane. Answers which one it was; nothing when it is not
     * what it was, or another transaction is relaying.
     */
    Optional<EntryKey> postpone(EntryName entry, Instant due, String reason);

    /**
     * Gives up on the entry: it becomes a dead letter and the run's next entry may follow. Answers as {@link #postpone}
     * does.
     */
    Optional<EntryKey> bury(EntryName entry, String reason, Instant now);
}
