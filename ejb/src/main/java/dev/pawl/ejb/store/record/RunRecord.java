package dev.pawl.ejb.store.record;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.limit.Hold;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code pawl_run}. */
@Entity
@Table(name = "pawl_run")
public class RunRecord {

    @Id
    private String id;

    private String tenant;

    @Column(name = "workflow_id")
    private String workflowId;

    @Column(name = "workflow_version")
    private int workflowVersion;

    private int priority;

    @Column(name = "correlation_id")
    private String correlationId;

    private String principal;

    @Column(name = "parent_id")
    private @Nullable String parentId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Enumerated(EnumType.STRING)
    private RunStatus status;

    private boolean paused;

    @Column(name = "group_no")
    private int group;

    @Column(name = "prior_attempts")
    private int priorAttempts;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    @Lob
    private @Nullable String output;

    @Embedded
    private @Nullable FailureColumns error;

    private double cost;

    private long tokens;

    @Column(name = "last_sequence")
    private long lastSequence;

    private long version;

    @Column(name = "start_limit")
    private @Nullable String startLimit;

    @Lob
    private String input;

    @Lob
    private String config;

    @Lob
    private String metadata;

    protected RunRecord() {}

    public String tenant() {
        return tenant;
    }

    public RunHeader header() {
        return new RunHeader(
                new RunId(id),
                tenant,
                workflowId,
                workflowVersion,
                priority,
                correlationId,
                principal,
                parentId == null ? null : new RunId(parentId),
                createdAt);
    }

    public RunState state() {
        return new RunState(
                status,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                Payload.decodeOrNull(output),
                FailureColumns.failure(error),
                cost,
                tokens,
                lastSequence,
                version,
                Hold.decodeOrNull(startLimit));
    }

    public RunRequest request() {
        return new RunRequest(Payload.decode(input), config, metadata);
    }
}
