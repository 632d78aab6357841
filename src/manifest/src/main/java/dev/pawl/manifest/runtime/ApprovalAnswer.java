package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.port.ApprovalRequest;
import org.jspecify.annotations.Nullable;

/** What came of deciding about a request for approval: how it stands now, or why nothing has changed. */
public record ApprovalAnswer(
        @Nullable ApprovalRequest request, @Nullable Refusal refusal) {
    static ApprovalAnswer of(ApprovalRequest request) {
        return new ApprovalAnswer(request, null);
    }

    static ApprovalAnswer refused(Refusal refusal) {
        return new ApprovalAnswer(null, refusal);
    }
}
