package dev.pawl.api.local;

import java.util.List;

/**
 * Which open runs of durable code the deployed code would not go on with.
 *
 * @param checked histories that were replayed
 * @param breaking of these, the ones the code does not fit
 */
public record ReplayCheck(int checked, List<Breach> breaking) {

    /**
     * A run the code does not fit.
     *
     * @param version of the workflow it was started in
     * @param code {@code NONDETERMINISM}: it would be parked; {@code WORKFLOW_NOT_FOUND}: its version is not deployed; any
     *     other: the code throws where the run waits now
     */
    public record Breach(String runId, int version, String code, String message) {}

    public ReplayCheck {
        breaking = List.copyOf(breaking);
    }
}
