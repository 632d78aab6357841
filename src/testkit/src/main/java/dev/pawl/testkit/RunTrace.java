package dev.pawl.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run came to and what it recorded on its way, without what may differ after a crash: times and attempts. */
record RunTrace(
        String id,
        String workflow,
        RunStatus status,
        @Nullable JsonNode output,
        @Nullable Failure error,
        List<Step> steps) {

    record Step(
            String id,
            String kind,
            StepStatus status,
            @Nullable JsonNode output) {}

    static RunTrace of(RunView run, List<StepView> steps) {
        return new RunTrace(
                run.id(),
                run.workflowId(),
                run.status(),
                run.output(),
                run.error(),
                steps.stream()
                        .map(step -> new Step(step.id(), step.kind(), step.status(), step.output()))
                        .sorted(Comparator.comparing(Step::id))
                        .toList());
    }
}
