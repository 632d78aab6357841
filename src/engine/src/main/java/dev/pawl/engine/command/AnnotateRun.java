package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.RunId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes facts on a run or its stages, whatever its status. */
public record AnnotateRun(RunId runId, List<Item> annotations) implements Command<AnnotateRun.Annotated> {

    public AnnotateRun {
        annotations = List.copyOf(annotations);
    }

    /**
     * A fact.
     *
     * @param stage absent: it concerns the run as a whole
     * @param key of those with the same name and key the first is kept; absent: the value decides
     * @param announce whether the history shall have an event
     */
    public record Item(
            String name,
            @Nullable JsonNode value,
            @Nullable String stage,
            @Nullable String key,
            @Nullable Boolean announce) {

        /** What means the same is the same, so that a key takes it for the same whichever way it comes. */
        public Item {
            value = value == null || value.isNull() ? null : value;
            announce = Boolean.TRUE.equals(announce) ? true : null;
        }
    }

    /**
     * What was done.
     *
     * @param repeated those that were kept already
     */
    public record Annotated(int created, int repeated) {}

    @Override
    public String type() {
        return "run.annotate";
    }

    @Override
    public Class<Annotated> resultType() {
        return Annotated.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
