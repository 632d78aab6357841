package dev.pawl.engine.interpret;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.List;

/** Decides how a pipeline goes on: group by group, each when the one before it is complete. */
public final class PipelineInterpreter {

    private PipelineInterpreter() {}

    public static Decision next(PipelineDefinition definition, Run run, Instant now) {
        int group = run.state().group();
        if (group >= 0 && !run.isGroupComplete()) {
            return new Decision.Wait();
        }
        int following = group + 1;
        if (following < definition.groups().size()) {
            return open(definition.groups().get(following), now);
        }
        List<String> last = definition.groups().get(group).stages().stream()
                .map(StageDefinition::id)
                .toList();
        return last.size() == 1 ? new Decision.CompleteWith(last.get(0)) : new Decision.CompleteWithAll(last);
    }

    static Decision.Open open(PipelineDefinition.Group group, Instant now) {
        return new Decision.Open(
                group.number(),
                group.stages().stream()
                        .map(stage -> StepState.pending(
                                stage.id(), stage.name(), StepKind.STAGE, group.number(), stage.ordinal(), now))
                        .toList());
    }
}
