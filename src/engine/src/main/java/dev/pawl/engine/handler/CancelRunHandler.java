package dev.pawl.engine.handler;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import java.util.Map;

/** Ends a run with everything open in it, unless it has finished. */
final class CancelRunHandler implements Handler<CancelRun, CancelRun.Cancellation> {

    private static final String NO_REASON = "no reason given";

    @Override
    public CancelRun.Cancellation handle(CancelRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        if (run.status().isFinished()) {
            return new CancelRun.Cancellation(false, run.status());
        }
        String reason = command.reason() == null ? NO_REASON : command.reason();
        run.cancel(Failure.of("CANCELLED", reason), work.now());
        work.record(
                run,
                EventType.WORKFLOW_CANCELLED,
                Map.of("reason", reason, "principal", work.caller().principal()));
        return new CancelRun.Cancellation(true, run.status());
    }
}
