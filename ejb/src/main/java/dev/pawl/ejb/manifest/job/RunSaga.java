package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.StepContext;
import dev.pawl.api.StepOptions;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.host.SagaJob;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.SagaMoment;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.SagaDesk;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the steps of a saga one after the other and, when one is refused, the compensations of those before it in reverse.
 * Every step is a durable step of the run and its command has the step's key, so that each command runs once, whatever
 * happens to the server.
 */
public final class RunSaga implements DurableWorkflow<None, Map<String, Object>> {

    private static final StepOptions PATIENT = StepOptions.retry(JobStage.RETRY);

    private final JobDesk desk;
    private final Supplier<Entities> entities;
    private final Supplier<SagaDesk> sagas;

    RunSaga(JobDesk desk, Supplier<Entities> entities, Supplier<SagaDesk> sagas) {
        this.desk = desk;
        this.entities = entities;
        this.sagas = sagas;
    }

    @Override
    public Map<String, Object> run(WorkflowContext ctx, None input) throws Exception {
        SagaJob job = SagaJob.fromJson(desk.call(ctx.run()));
        Map<String, Object> instances = new LinkedHashMap<>();
        tell(ctx, job, SagaMoment.STARTED, JsonCodec.object());
        try {
            dev.pawl.api.Saga work = ctx.saga();
            work.run(() -> {
                for (Saga.Step step : job.saga().steps()) {
                    instances.put(step.name(), run(ctx, work, job, step));
                }
                return instances;
            });
        } catch (RuntimeException failure) {
            ObjectNode why = why(failure);
            if (job.saga().onFailure() == Saga.OnFailure.COMPENSATE && failure.getSuppressed().length == 0) {
                tell(ctx, job, SagaMoment.COMPENSATED, why.deepCopy());
            }
            tell(ctx, job, SagaMoment.FAILED, why);
            throw failure;
        }
        tell(ctx, job, SagaMoment.COMPLETED, JsonCodec.object());
        return Map.of("saga", job.saga().name(), "instances", instances);
    }

    private String run(WorkflowContext ctx, dev.pawl.api.Saga work, SagaJob job, Saga.Step step) {
        String instance = ctx.step(
                step.name(),
                String.class,
                PATIENT,
                (StepContext durable) -> execute(job.call(step, sagas.get()), ctx, durable.idempotencyKey()));
        tell(ctx, job, SagaMoment.STEP_COMPLETED, about(step).put("id", instance));
        String compensate = step.compensate();
        if (compensate != null && job.saga().onFailure() == Saga.OnFailure.COMPENSATE) {
            String key = ctx.run().id() + ":undo:" + step.name();
            work.onFailure("undo-" + step.name(), PATIENT, () -> {
                execute(job.undo(step, compensate, instance, sagas.get()), ctx, key);
                record(ctx, job, SagaMoment.STEP_COMPENSATED, key, about(step));
            });
        }
        return instance;
    }

    /** The id of the instance the command ran on. */
    private String execute(CommandCall call, WorkflowContext ctx, String key) {
        CommandResult result = entities.get()
                .execute(call.with(CallOptions.NONE
                        .withIdempotencyKey("saga:" + key)
                        .withTrace(ctx.run().correlationId(), null)));
        Refusal refusal = result.refusal();
        if (refusal != null) {
            throw RunCommandStage.failure(refusal);
        }
        return result.instance() == null ? "" : result.instance().id();
    }

    private void tell(WorkflowContext ctx, SagaJob job, SagaMoment moment, ObjectNode more) {
        ctx.step(
                "tell-" + moment.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                String.class,
                PATIENT,
                (StepContext durable) -> {
                    record(ctx, job, moment, durable.idempotencyKey(), more);
                    return moment.name();
                });
    }

    private void record(WorkflowContext ctx, SagaJob job, SagaMoment moment, String key, ObjectNode more) {
        more.put("sagaId", ctx.run().id());
        sagas.get().tell(job.saga(), moment, key, more, job.caller(), ctx.run().correlationId());
    }

    private static ObjectNode about(Saga.Step step) {
        return JsonCodec.object().put("step", step.name());
    }

    private static ObjectNode why(RuntimeException failure) {
        ObjectNode why = JsonCodec.object().put("error", String.valueOf(failure.getMessage()));
        if (failure instanceof dev.pawl.api.StepFailedException step) {
            why.put("code", step.code()).put("step", step.stepId());
        } else if (failure instanceof NonRetryableException known) {
            why.put("code", known.code());
        }
        for (Throwable stuck : failure.getSuppressed()) {
            why.withArray("notCompensated").add(String.valueOf(stuck.getMessage()));
        }
        return why;
    }
}
