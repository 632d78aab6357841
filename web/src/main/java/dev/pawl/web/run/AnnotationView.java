package dev.pawl.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunAnnotation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An annotation as people see it.
 *
 * @param stage absent when it concerns the run as a whole
 * @param attempt of the stage that noted it
 */
public record AnnotationView(
        String name,
        String type,
        JsonNode value,
        @Nullable String stage,
        @Nullable Integer attempt,
        String by,
        Instant createdAt) {

    static AnnotationView of(RunAnnotation kept) {
        return new AnnotationView(
                kept.name(),
                kept.type(),
                JsonCodec.parse(kept.json()),
                kept.stepId().isEmpty() ? null : kept.stepId(),
                kept.attempt() == 0 ? null : kept.attempt(),
                kept.madeBy(),
                kept.createdAt());
    }
}
