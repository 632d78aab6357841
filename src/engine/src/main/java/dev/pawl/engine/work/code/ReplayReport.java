package dev.pawl.engine.work.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which open histories the deployed code would not go on with.
 *
 * @param checked histories that were replayed
 * @param breaking of these, the ones the code does not fit
 * @param next where to go on, when not all were replayed
 */
public record ReplayReport(
        String workflowId,
        int checked,
        List<Breach> breaking,
        @Nullable String next) {

    /**
     * A history the code does not fit.
     *
     * @param version of the workflow the run was started in
     * @param code {@code NONDETERMINISM}: the run would be parked; {@code WORKFLOW_NOT_FOUND}: there is no code for it;
     *     any other: the code throws where it waits now, and the run would fail with this
     */
    public record Breach(String runId, int version, String code, String message) {}

    public ReplayReport {
        breaking = List.copyOf(breaking);
    }
}
