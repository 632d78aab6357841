package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests for approvals, as a host's doors and timers see them. */
public final class ApprovalDesk {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final DecideApprovals decide;

    ApprovalDesk(Catalog catalog, RuntimePorts ports, RuntimeOptions options, RunCommand runner) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.decide = new DecideApprovals(catalog, ports, options, runner);
    }

    /**
     * Approves an open stage of a request, or every one the caller may approve when none is named. The last approval runs the
     * command in the same unit of work; its result is in the answer.
     */
    public ApprovalAnswer approve(String id, @Nullable String stage, Caller caller) {
        return decided(work -> decide.approve(id, stage, caller, work));
    }

    public ApprovalAnswer reject(String id, String reason, Caller caller) {
        return decided(work -> decide.reject(id, reason, caller, work));
    }

    /** Does what their approvals say with requests whose time is over; answers how many there were. */
    public int expire(int most) {
        int expired = 0;
        @Nullable RuntimeException failure = null;
        for (String id : ports.transactions()
                .reading(work -> work.approvals().due(ports.clock().instant(), most))) {
            try {
                expired += ports.transactions().inTransaction(work -> decide.expire(id, work)) ? 1 : 0;
            } catch (RuntimeException e) {
                // One that cannot be brought to its end must not keep the others waiting.
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return expired;
    }

    /** The request, if the caller may see the instance it is about. */
    public Optional<ApprovalRequest> find(String id, Caller caller) {
        return ports.transactions().reading(work -> {
            CallScope scope = new CallScope(catalog, ports, options, work, caller);
            return work.approvals().find(id).filter(request -> sees(request, scope));
        });
    }

    /** The requests of the caller's tenant, as far as the caller may see the instances they are about. */
    public List<ApprovalRequest> list(ApprovalStore.Wanted wanted, Caller caller) {
        return ports.transactions().reading(work -> {
            CallScope scope = new CallScope(catalog, ports, options, work, caller);
            return work.approvals().list(wanted).stream()
                    .filter(request -> sees(request, scope))
                    .toList();
        });
    }

    private static boolean sees(ApprovalRequest request, CallScope scope) {
        EntityKey instance = request.subject().instance();
        EntityModel model = scope.catalog().entity(instance.entity());
        return model != null
                && scope.tenant(model.program()).equals(instance.tenant())
                && new ReadInstances(scope).get(model, instance.id(), Set.of()).isPresent();
    }

    private ApprovalAnswer decided(Function<EntityUnitOfWork, ApprovalRequest> decision) {
        try {
            return ApprovalAnswer.of(ports.transactions().inTransaction(decision));
        } catch (CommandRefused refused) {
            return ApprovalAnswer.refused(refused.refusal());
        } catch (CommandUndone undone) {
            return ApprovalAnswer.refused(undone.refusal());
        } catch (EvaluationBudgetExceeded exceeded) {
            return ApprovalAnswer.refused(Refusal.of(RefusalCode.BUDGET_EXCEEDED, exceeded.text()));
        }
    }
}
