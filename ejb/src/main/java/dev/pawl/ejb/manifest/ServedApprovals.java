package dev.pawl.ejb.manifest;

import dev.pawl.manifest.host.ApprovalRequests;
import dev.pawl.manifest.runtime.ApprovalAnswer;
import dev.pawl.manifest.runtime.ApprovalDesk;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests for approvals of this server's programs. */
final class ServedApprovals implements ApprovalRequests {

    private final DeployedPrograms programs;

    ServedApprovals(DeployedPrograms programs) {
        this.programs = programs;
    }

    @Override
    public ApprovalAnswer approve(String id, @Nullable String stage, Caller caller) {
        return desk().approve(id, stage, caller);
    }

    @Override
    public ApprovalAnswer reject(String id, String reason, Caller caller) {
        return desk().reject(id, reason, caller);
    }

    @Override
    public Optional<ApprovalRequest> find(String id, Caller caller) {
        return desk().find(id, caller);
    }

    @Override
    public List<ApprovalRequest> list(ApprovalStore.Wanted wanted, Caller caller) {
        return desk().list(wanted, caller);
    }

    /** A request may be of a program that was deployed elsewhere a moment ago. */
    private ApprovalDesk desk() {
        programs.look();
        return programs.live().runtime().approvals();
    }
}
