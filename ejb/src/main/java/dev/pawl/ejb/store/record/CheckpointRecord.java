package dev.pawl.ejb.store.record;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code pawl_checkpoint}. */
@Entity
@Table(name = "pawl_checkpoint")
@IdClass(CheckpointRecord.Key.class)
public class CheckpointRecord {

    /** The run's id and the place in its journal. */
    public record Key(String runId, int ordinal) implements Serializable {}

    @Id
    @Column(name = "run_id")
    private String runId;

    @Id
    private int ordinal;

    private String branch;

    private String name;

    private int occurrence;

    @Enumerated(EnumType.STRING)
    private CheckpointKind kind;

    @Enumerated(EnumType.STRING)
    private StepStatus status;

    private int attempt;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    @Column(name = "wake_at")
    private @Nullable Instant wakeAt;

    @Lob
    private @Nullable String output;

    @Embedded
    private @Nullable FailureColumns error;

    @Lob
    private @Nullable String detail;

    private double cost;

    private long tokens;

    protected CheckpointRecord() {}

    public Checkpoint entry() {
        return new Checkpoint(
                ordinal,
                branch,
                name,
                occurrence,
                kind,
                status,
                attempt,
                startedAt,
                completedAt,
                wakeAt,
                Payload.decodeOrNull(output),
                FailureColumns.failure(error),
                detail,
                cost,
                tokens);
    }
}
