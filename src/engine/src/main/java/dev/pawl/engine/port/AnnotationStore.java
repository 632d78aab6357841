package dev.pawl.engine.port;

import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was noted on runs. */
public interface AnnotationStore {

    /**
     * What is looked for; null takes any.
     *
     * @param stepId empty for what concerns the run as a whole
     * @param prefix of the name
     */
    record Filter(
            @Nullable String stepId,
            @Nullable String name,
            @Nullable String prefix,
            @Nullable String type) {

        public static final Filter ALL = new Filter(null, null, null, null);

        public boolean fits(RunAnnotation annotation) {
            return (stepId == null || stepId.equals(annotation.stepId()))
                    && (name == null || name.equals(annotation.name()))
                    && (prefix == null || annotation.name().startsWith(prefix))
                    && (type == null || type.equals(annotation.type()));
        }
    }

    /**
     * Keeps notes that are not kept yet, and answers those. To be called in the transaction that holds the run.
     *
     * @param madeBy principal, or the stage after {@code stage:}
     */
    List<Note> add(RunId run, List<Note> notes, String madeBy, Instant at);

    /** Annotations with an id greater than {@code after}, in the order written. Joins a transaction or begins one. */
    List<RunAnnotation> list(RunId run, Filter filter, long after, int limit);
}
