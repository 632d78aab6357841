package dev.pawl.ejb.store.record;

import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code pawl_ai_call}. */
@Entity
@Table(name = "pawl_ai_call")
public class AiCallRecord {

    @Id
    private String id;

    private String tenant;

    @Column(name = "run_id")
    private String runId;

    @Column(name = "workflow_id")
    private String workflowId;

    @Column(name = "step_id")
    private String stepId;

    private int attempt;

    private String topic;

    @Enumerated(EnumType.STRING)
    private AiCall.Type type;

    private String model;

    @Column(name = "provider_model")
    private String providerModel;

    @Enumerated(EnumType.STRING)
    private AiCall.Status status;

    @Column(name = "error_code")
    private @Nullable String errorCode;

    @Column(name = "error_message")
    private @Nullable String errorMessage;

    @Column(name = "batch_id")
    private @Nullable String batchId;

    @Column(name = "input_tokens")
    private long inputTokens;

    @Column(name = "output_tokens")
    private long outputTokens;

    private BigDecimal cost;

    @Column(name = "duration_ms")
    private long durationMs;

    @Column(name = "called_at")
    private Instant calledAt;

    @Lob
    private String prompt;

    @Lob
    private String response;

    protected AiCallRecord() {}

    public String id() {
        return id;
    }

    public Instant calledAt() {
        return calledAt;
    }

    public AiCall call() {
        return new AiCall(
                id,
                tenant,
                new RunId(runId),
                workflowId,
                stepId,
                attempt,
                topic,
                type,
                model,
                providerModel,
                status,
                errorCode == null ? null : Failure.of(errorCode, String.valueOf(errorMessage)),
                batchId,
                prompt,
                response,
                inputTokens,
                outputTokens,
                cost,
                Duration.ofMillis(durationMs),
                calledAt);
    }
}
