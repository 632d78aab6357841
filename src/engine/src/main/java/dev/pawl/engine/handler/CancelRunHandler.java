package dev.pawl.engine.handler;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends a run with everything open in it, unless it has finished; durable code may be let compensate first. */
final class CancelRunHandler implements Handler<CancelRun, CancelRun.Cancellation> {

    static final String NO_REASON = "no reason given";

    @Override
    public CancelRun.Cancellation handle(CancelRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        if (run.status().isFinished()) {
            return new CancelRun.Cancellation(false, run.status());
        }
        String reason = command.reason() == null ? NO_REASON : command.reason();
        Map<String, Object> wish =
                Map.of("reason", reason, "principal", work.caller().principal());
        Optional<StepState> method = run.steps().stream()
                .filter(step -> step.kind() == StepKind.CODE && step.startedAt() != null)
                .findFirst();
        if (command.compensate() && method.isPresent()) {
            letCompensate(run, method.get(), wish, work);
            return new CancelRun.Cancellation(true, run.status());
        }
        run.cancel(Failure.of("CANCELLED", reason), work.now());
        work.record(run, EventType.WORKFLOW_CANCELLED, wish);
        return new CancelRun.Cancellation(true, run.status());
    }

    /** The code is told at its next call; it is called for that where it waits. */
    private static void letCompensate(Run run, StepState method, Map<String, Object> wish, UnitOfWork work) {
        List<Integer> place = List.of(Checkpoint.CANCEL_ORDINAL);
        if (!work.ports().journals().read(run.id(), place).isEmpty()) {
            return;
        }
        run.checkpoint(Checkpoint.begun(Checkpoint.CANCEL_ORDINAL, "", "cancel", 1, CheckpointKind.STOP, work.now())
                .withDetail(JsonCodec.write(wish))
                .completed(null, work.now()));
        work.record(run, EventType.WORKFLOW_CANCELLING, wish);
        if (method.status() == StepStatus.SUSPENDED) {
            run.bringForward(method.id(), work.now());
        }
    }

    /** What a wish says that was kept. */
    @SuppressWarnings("unchecked") // written above
    static Map<String, Object> wish(String json) {
        return JsonCodec.read(json, Map.class);
    }
}
