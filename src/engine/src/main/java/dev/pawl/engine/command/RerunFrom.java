package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.RunId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Begins a finished run once more at one of its stages. That stage's group and all later ones are dropped with their
 * outputs; earlier ones stay as they are.
 *
 * @param input in the place of what the stage's group worked on before; in the first group it becomes the run's input
 * @param allowCancelled whether a cancelled run may be begun again too
 */
public record RerunFrom(
        RunId runId, String fromStageId, @Nullable JsonNode input, boolean allowCancelled)
        implements Command<RerunFrom.Rerun> {

    /**
     * What was done.
     *
     * @param attempt the number the next attempts have, one above the highest there was
     * @param dropped the stages that are executed again
     */
    public record Rerun(RunId runId, String fromStageId, int attempt, List<String> dropped) {}

    @Override
    public String type() {
        return "run.rerunFrom";
    }

    @Override
    public Class<Rerun> resultType() {
        return Rerun.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
