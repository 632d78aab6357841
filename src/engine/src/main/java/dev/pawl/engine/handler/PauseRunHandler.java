package dev.pawl.engine.handler;

import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.model.Run;
import java.util.Map;

/** Sets or lifts the flag that keeps workers from starting anything new for a run. */
final class PauseRunHandler implements Handler<PauseRun, PauseRun.Paused> {

    @Override
    public PauseRun.Paused handle(PauseRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        if (run.status().isFinished()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.RUN_FINISHED,
                    "Run " + run.id() + " is " + run.status() + " and can be neither paused nor resumed"));
        }
        if (run.state().paused() == command.paused()) {
            return new PauseRun.Paused(command.paused(), false);
        }
        run.pause(command.paused());
        work.record(
                run,
                command.paused() ? EventType.WORKFLOW_PAUSED : EventType.WORKFLOW_RESUMED,
                Map.of("principal", work.caller().principal()));
        return new PauseRun.Paused(command.paused(), true);
    }
}
