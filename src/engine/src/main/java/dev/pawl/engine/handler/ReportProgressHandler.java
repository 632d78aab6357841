package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.ReportProgress;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Run;
import java.util.Map;

/** Keeps the latest progress of a running step and records it as an event. */
final class ReportProgressHandler implements Handler<ReportProgress, ReportProgress.Noted> {

    @Override
    public ReportProgress.Noted handle(ReportProgress command, UnitOfWork work) {
        Run run = work.run(command.step().run());
        String stepId = command.step().stepId();
        boolean held = run.status().isActive()
                && run.step(stepId)
                        .map(step -> step.isHeldWith(command.leaseToken()))
                        .orElse(false);
        if (!held) {
            return new ReportProgress.Noted(false);
        }
        run.progress(stepId, command.progress());
        ObjectNode progress = (ObjectNode) JsonCodec.parse(command.progress());
        work.record(run, EventType.STAGE_PROGRESS, Map.of("stage", stepId, "progress", progress));
        return new ReportProgress.Noted(true);
    }
}
