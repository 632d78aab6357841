package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.util.List;

/** Stops a command whose approvals are missing. */
final class RequireApprovals {
    private RequireApprovals() {}

    static void check(CommandModel command, EntityModel entity, StoredEntity stored, Frame frame, CallScope scope) {
        for (ApprovalModel approval : entity.approvals()) {
            if (!approval.declared().command().equals(command.name())) {
                continue;
            }
            List<String> stages = approval.neededStages(frame, entity.ruleLocals());
            String name = approval.declared().name();
            if (!stages.isEmpty() && !scope.ports().approvals().isGranted(stored.key(), name, stages)) {
                throw new CommandRefused(
                        RefusalCode.APPROVAL_REQUIRED,
                        "Command '" + command.name() + "' needs the approval '" + name + "' (stages "
                                + String.join(", ", stages) + ")");
            }
        }
    }
}
