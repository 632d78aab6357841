package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.runtime.value.JsonValues;
import org.jspecify.annotations.Nullable;

/** Hands an async command to the host's jobs, and reports its completion when it runs as one. */
final class DeferCommand {
    /** What a host puts into the context of the caller that runs a job: {@code source: "job"}, and the job's id. */
    private static final String JOB = "job";

    private final CommandAttempt.Order order;

    DeferCommand(CommandAttempt.Order order) {
        this.order = order;
    }

    /** Whether the command is to run later. */
    boolean applies() {
        return order.command().declared().async() && !isJob();
    }

    /** The job's id and state, which is the command's result for now. */
    JsonNode defer(@Nullable String instanceId) {
        CallScope scope = order.scope();
        CommandModel command = order.command();
        String job = scope.ports()
                .jobs()
                .defer(new DeferredCommands.Job(
                        scope.caller().tenant(),
                        order.call().entity(),
                        command.name(),
                        instanceId,
                        order.call().input(),
                        scope.caller().toJson(),
                        order.trail().correlationId(),
                        order.trail().causationId()))
                .orElseThrow(() -> new CommandRefused(
                        RefusalCode.MISSING_JOB_QUEUE,
                        "MISSING_JOB_QUEUE: nothing here runs the async command '" + command.name() + "'"));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("jobId", job);
        result.put("status", "pending");
        result.put("enqueuedAt", scope.instant().toEpochMilli());
        return result;
    }

    /** Adds the completion event of an async command that ran as a job. */
    void report(JsonNode result, EventBuffer events) {
        String completed = order.command().declared().completionEvent();
        if (completed == null || !isJob()) {
            return;
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        JsonValues.put(payload, "jobId", order.scope().caller().at("context.jobId"));
        if (!result.isMissingNode()) {
            payload.set("result", result);
        }
        payload.put("completedAt", order.scope().instant().toEpochMilli());
        events.add(completed, "jobs." + order.command().name(), payload);
    }

    /** Records that an async command was refused when it ran as a job. */
    void reportRefusal(Refusal refusal, @Nullable String instanceId) {
        String failed = order.command().declared().failureEvent();
        if (failed == null || !isJob()) {
            return;
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        JsonValues.put(payload, "jobId", order.scope().caller().at("context.jobId"));
        payload.put("code", refusal.code().name());
        payload.put("error", refusal.message());
        payload.put("failedAt", order.scope().instant().toEpochMilli());
        EventBuffer events = new EventBuffer(order.scope(), order.trail());
        events.add(failed, "jobs." + order.command().name(), payload);
        events.flush(order.command(), instanceId);
    }

    /** Whether a host's job runs the command now, which passed its approvals when it was put off. */
    boolean isJob() {
        return JOB.equals(order.scope().caller().context().get("source"));
    }
}
