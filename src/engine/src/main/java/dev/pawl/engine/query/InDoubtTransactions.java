package dev.pawl.engine.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Branches of two-phase commits that are prepared and neither committed nor rolled back yet. */
public interface InDoubtTransactions {

    /** Those open now, oldest first. */
    List<InDoubtView> open();

    /**
     * One branch.
     *
     * @param branch its name in the resource manager
     * @param resource which resource manager holds it, {@code database} for instance
     * @param preparedAt absent when the resource manager does not say
     * @param runId the run it belongs to, absent when that is not known
     * @param stageId the step it belongs to, absent when that is not known
     */
    record InDoubtView(
            String branch,
            String resource,
            @Nullable Instant preparedAt,
            @Nullable String runId,
            @Nullable String stageId) {}
}
