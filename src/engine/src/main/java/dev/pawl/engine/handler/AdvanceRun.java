package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Decision;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.work.PayloadMissingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Does what the interpreter decided. */
final class AdvanceRun {

    TransitionRun.Result advance(Definition definition, Run run, UnitOfWork work) {
        Decision decision = definition.next(run, work.now());
        if (decision instanceof Decision.Open open) {
            run.open(open.group(), open.steps());
            return TransitionRun.Result.ADVANCED;
        }
        if (decision instanceof Decision.LetIn places) {
            places.stepIds().forEach(stepId -> run.bringForward(stepId, work.now()));
            return TransitionRun.Result.NOOP;
        }
        if (decision instanceof Decision.CompleteWith last) {
            return complete(run, outputOf(run, last.stepId(), work), work);
        }
        if (decision instanceof Decision.CompleteWithAll all) {
            return completeWithAll(run, all.stepIds(), work);
        }
        return TransitionRun.Result.NOOP;
    }

    private TransitionRun.Result completeWithAll(Run run, List<String> stepIds, UnitOfWork work) {
        Payload output;
        try {
            output = mapOf(run, stepIds, work);
        } catch (PayloadMissingException e) {
            fail(
                    run,
                    Failure.of(
                            "PREVIOUS_OUTPUT_MISSING",
                            "Run " + run.id() + " cannot put its output together from those of " + stepIds + ": "
                                    + e.getMessage()),
                    work);
            return TransitionRun.Result.FAILED;
        }
        return complete(run, output, work);
    }

    void fail(Run run, Failure failure, UnitOfWork work) {
        run.fail(failure, work.now());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("code", failure.code());
        payload.put("message", failure.message());
        if (failure.stage() != null) {
            payload.put("stage", failure.stage());
        }
        work.record(run, EventType.WORKFLOW_FAILED, payload);
    }

    private static TransitionRun.Result complete(Run run, Payload output, UnitOfWork work) {
        run.complete(output, work.now());
        long duration = Duration.between(Objects.requireNonNull(run.state().startedAt()), work.now())
                .toMillis();
        work.record(run, EventType.WORKFLOW_COMPLETED, Map.of("durationMs", duration));
        return TransitionRun.Result.COMPLETED;
    }

    /** The output of a step of the current group: just reported, or read where the run was loaded without it. */
    private static Payload outputOf(Run run, String stepId, UnitOfWork work) {
        Payload known = run.step(stepId).map(StepState::output).orElse(null);
        return known != null
                ? known
                : Objects.requireNonNull(
                        work.ports().runs().outputs(run.id(), List.of(stepId)).get(stepId),
                        () -> "The output of step " + stepId + " of run " + run.id() + " is not in the store");
    }

    private static Payload mapOf(Run run, List<String> stepIds, UnitOfWork work) {
        Map<String, Payload> stored = work.ports().runs().outputs(run.id(), stepIds);
        ObjectNode map = JsonCodec.object();
        for (String stepId : stepIds) {
            Payload own = run.step(stepId).map(StepState::output).orElse(null);
            Payload output = own != null ? own : stored.get(stepId);
            map.set(stepId, JsonCodec.parse(work.ports().payloads().read(Objects.requireNonNull(output))));
        }
        return work.ports().payloads().keep("runs/" + run.id() + "/output", JsonCodec.write(map));
    }
}
