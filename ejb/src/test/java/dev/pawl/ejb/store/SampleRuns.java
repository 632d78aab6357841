package dev.pawl.ejb.store;

import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs of three steps in sequence. */
final class SampleRuns {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

    private static final Ids IDS = new UuidIds();

    private SampleRuns() {}

    static List<Run> created(int count) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RunId id = new RunId(IDS.next());
            Run run = Run.create(
                    new RunHeader(id, "default", "three-steps", 1, 5, id.value(), "anonymous", null, NOW),
                    new RunRequest(Payload.of("{\"n\":1}"), "{}", "{}"));
            run.record("workflow:created", NOW, IDS.nextShort(), "{\"workflowId\":\"three-steps\",\"version\":1}");
            runs.add(run);
        }
        return runs;
    }

    static void start(Run run, String owner) {
        run.start(NOW);
        open(run, 0, owner, IDS.nextShort());
    }

    static void next(Run run, String owner) {
        String cause = IDS.nextShort();
        int group = run.state().group();
        run.completeStep("step-" + group, Payload.of("{\"done\":" + group + "}"), StepFigures.NONE, NOW);
        run.record("stage:completed", NOW, cause, "{\"stage\":\"step-" + group + "\",\"attempt\":1}");
        if (group < 2) {
            open(run, group + 1, owner, cause);
        } else {
            run.complete(Payload.of("{\"done\":2}"), NOW);
            run.record("workflow:completed", NOW, cause, "{\"durationMs\":5}");
        }
    }

    private static void open(Run run, int group, String owner, String cause) {
        String step = "step-" + group;
        run.open(group, List.of(StepState.pending(step, step, StepKind.STAGE, group, 0, NOW)));
        run.lease(step, new Lease(IDS.nextShort(), owner, NOW.plusSeconds(30)), NOW);
        run.record("stage:started", NOW, cause, "{\"stage\":\"" + step + "\",\"attempt\":1}");
    }
}
