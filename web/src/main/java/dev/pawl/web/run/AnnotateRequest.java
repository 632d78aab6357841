package dev.pawl.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.UnfitJsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request to annotate a run: one annotation, or several in {@code annotations}. */
public record AnnotateRequest(
        @Nullable List<AnnotateRun.Item> annotations,
        @Nullable String name,
        @Nullable JsonNode value,
        @Nullable String stage,
        @Nullable String key,
        @Nullable Boolean announce) {

    List<AnnotateRun.Item> items() {
        if (annotations != null) {
            if (name != null || annotations.stream().anyMatch(item -> item == null || item.name() == null)) {
                throw new UnfitJsonException(new FieldError(
                        "/annotations", "annotations with a name are expected, and nothing beside them"));
            }
            return annotations;
        }
        if (name == null) {
            throw new UnfitJsonException(new FieldError("/name", "a string is expected"));
        }
        return List.of(new AnnotateRun.Item(name, value, stage, key, announce));
    }
}
