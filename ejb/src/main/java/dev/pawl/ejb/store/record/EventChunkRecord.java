package dev.pawl.ejb.store.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A row of {@code pawl_event_chunk}: what one transaction recorded for one run. */
@Entity
@Table(name = "pawl_event_chunk")
@IdClass(EventChunkRecord.Key.class)
public class EventChunkRecord {

    /** The run's id and the number of the first event. */
    public record Key(String runId, long firstSequence) implements Serializable {}

    @Id
    @Column(name = "run_id")
    private String runId;

    @Id
    @Column(name = "first_sequence")
    private long firstSequence;

    @Column(name = "last_sequence")
    private long lastSequence;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "causation_id")
    private String causationId;

    @Lob
    private String events;

    protected EventChunkRecord() {}

    public long firstSequence() {
        return firstSequence;
    }

    public long lastSequence() {
        return lastSequence;
    }

    public Instant occurredAt() {
        return occurredAt;
    }

    public String causationId() {
        return causationId;
    }

    public String events() {
        return events;
    }
}
