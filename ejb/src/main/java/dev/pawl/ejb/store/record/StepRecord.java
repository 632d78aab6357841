package dev.pawl.ejb.store.record;

import dev.pawl.ejb.store.sql.RunColumns;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepState;
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

/** A row of {@code pawl_step}. */
@Entity
@Table(name = "pawl_step")
@IdClass(StepRecord.Key.class)
public class StepRecord {

    /** The run's id and the step's inside it. */
    public record Key(String runId, String stepId) implements Serializable {}

    @Id
    @Column(name = "run_id")
    private String runId;

    @Id
    @Column(name = "step_id")
    private String stepId;

    private String name;

    private @Nullable String kind;

    @Column(name = "group_no")
    private int group;

    private int ordinal;

    @Enumerated(EnumType.STRING)
    private StepStatus status;

    private int attempt;

    @Column(name = "due_at")
    private @Nullable Instant dueAt;

    @Column(name = "lease_token")
    private @Nullable String leaseToken;

    @Column(name = "lease_owner")
    private @Nullable String leaseOwner;

    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    @Lob
    private @Nullable String output;

    @Embedded
    private @Nullable FailureColumns error;

    @Lob
    private @Nullable String suspension;

    @Lob
    private @Nullable String progress;

    @Lob
    private @Nullable String metrics;

    private double cost;

    private long tokens;

    protected StepRecord() {}

    public StepState state() {
        return new StepState(
                stepId,
                name,
                RunColumns.kind(kind),
                group,
                ordinal,
                status,
                attempt,
                dueAt,
                leaseToken == null || leaseOwner == null || leaseUntil == null
                        ? null
                        : new Lease(leaseToken, leaseOwner, leaseUntil),
                startedAt,
                completedAt,
                Payload.decodeOrNull(output),
                FailureColumns.failure(error),
                RunColumns.suspension(suspension),
                progress,
                metrics,
                cost,
                tokens);
    }
}
