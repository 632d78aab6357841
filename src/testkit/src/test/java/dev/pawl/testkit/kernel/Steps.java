package dev.pawl.testkit.kernel;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.testkit.InMemoryNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A worker in slow motion: takes and reports single steps. */
final class Steps {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final WorkerId WORKER = new WorkerId("by-hand", "1");

    private Steps() {}

    static List<Assignment> take(InMemoryNode node, int max) {
        return take(node, WORKER, max);
    }

    static List<Assignment> take(InMemoryNode node, WorkerId worker, int max) {
        return Cluster.execute(node, new TakeWork(worker, max, LEASE)).assignments();
    }

    static Receipt succeed(InMemoryNode node, Assignment assignment, String json) {
        return Cluster.execute(node, success(assignment, json, false));
    }

    static ReportStep success(Assignment assignment, String json, boolean carryOn) {
        return report(assignment, new Result.Success(Payload.of(json)), carryOn);
    }

    static Receipt fail(InMemoryNode node, Assignment assignment, Optional<Duration> retryAfter) {
        return Cluster.execute(
                node, report(assignment, new Result.Failed(Failure.of("BOOM", "it went wrong"), retryAfter), false));
    }

    static ReportStep report(Assignment assignment, Result result, boolean carryOn) {
        return new ReportStep(assignment, result, StepFigures.NONE, List.of(), carryOn, LEASE, true);
    }
}
