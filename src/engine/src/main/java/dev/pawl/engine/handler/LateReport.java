package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.port.RunLog;
import java.util.List;

/** Notes a report that came too late: the lease has gone to somebody else, or the run wants no more results. */
final class LateReport {

    private LateReport() {}

    /** Answers why it is discarded. */
    static String note(Run run, Assignment assignment, UnitOfWork work) {
        String reason = run.status().isActive()
                ? "the lease of step " + assignment.stepId() + " is no longer held by "
                        + assignment.lease().owner()
                : "run " + run.id() + " is " + run.status();
        work.ports()
                .log()
                .append(List.of(new RunLog.Line(
                        run.id(),
                        work.now(),
                        "WARN",
                        assignment.stepId(),
                        assignment.attempt(),
                        "A late result was discarded: " + reason,
                        "{}")));
        return reason;
    }
}
