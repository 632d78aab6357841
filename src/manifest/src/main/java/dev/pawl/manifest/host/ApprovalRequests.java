package dev.pawl.manifest.host;

import dev.pawl.manifest.runtime.ApprovalAnswer;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests for approvals, as a server's doors see them. */
public interface ApprovalRequests {
    /** Approves one open stage, or every one the caller may approve; the last approval runs the command. */
    ApprovalAnswer approve(String id, @Nullable String stage, Caller caller);

    ApprovalAnswer reject(String id, String reason, Caller caller);

    /** The request, if the caller may see the instance it is about. */
    Optional<ApprovalRequest> find(String id, Caller caller);

    List<ApprovalRequest> list(ApprovalStore.Wanted wanted, Caller caller);
}
