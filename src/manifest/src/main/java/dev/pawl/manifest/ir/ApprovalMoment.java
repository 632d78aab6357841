package dev.pawl.manifest.ir;

import java.util.List;

/**
 * The moments of a request for approval. An approval names their events with {@code emit}; which name is whose says its
 * ending. A moment without a name has its usual one.
 */
public enum ApprovalMoment {
    REQUESTED("Requested"),
    STAGE_GRANTED("StageGranted", "StageApproved"),
    GRANTED("Granted", "Approved"),
    DENIED("Denied", "Rejected"),
    EXPIRED("Expired", "Cancelled"),
    ESCALATED("Escalated");

    private final List<String> endings;

    ApprovalMoment(String... endings) {
        this.endings = List.of(endings);
    }

    public String nameAmong(List<String> declared) {
        return declared.stream().filter(this::isToldBy).findFirst().orElse("Approval" + endings.get(0));
    }

    /** Whether an event of this name tells any moment at all. */
    public static boolean isAny(String name) {
        for (ApprovalMoment moment : values()) {
            if (moment.isToldBy(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isToldBy(String name) {
        boolean ofAStage = STAGE_GRANTED.endings.stream().anyMatch(name::endsWith);
        return ofAStage ? this == STAGE_GRANTED : endings.stream().anyMatch(name::endsWith);
    }
}
