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
            return letIn(definition.groups().get(group), run);
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

    /** Steps without a place are those that are pending and due at no time. */
    private static Decision letIn(PipelineDefinition.Group group, Run run) {
        if (group.atMost() == 0) {
            return new Decision.Wait();
        }
        List<StepState> open =
                run.steps().stream().filter(step -> step.status().isOpen()).toList();
        List<String> outside =
                open.stream().filter(StepState::hasNoPlace).map(StepState::id).toList();
        int free = group.atMost() - (open.size() - outside.size());
        return free <= 0 || outside.isEmpty()
                ? new Decision.Wait()
                : new Decision.LetIn(outside.subList(0, Math.min(free, outside.size())));
    }

    static Decision.Open open(PipelineDefinition.Group group, Instant now) {
        return new Decision.Open(
                group.number(),
                group.stages().stream()
                        .map(stage -> StepState.pending(
                                stage.id(),
                                stage.name(),
                                StepKind.STAGE,
                                group.number(),
                                stage.ordinal(),
                                group.atMost() == 0 || stage.ordinal() < group.atMost() ? now : null))
                        .toList());
    }
}
