package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.ApprovalMoment;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.EntityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stops a command whose approvals are missing, and asks for them. */
final class RequireApprovals {
    private static final long MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();

    private final CommandAttempt.Order order;
    private final CallScope scope;
    private final EntityModel entity;
    private final Frame about;
    private final List<ApprovalRequest> relied = new ArrayList<>();

    RequireApprovals(CommandAttempt.Order order, EntityModel entity, Frame frame) {
        this.order = order;
        this.scope = order.scope();
        this.entity = entity;
        this.about = new Frame(frame.evaluation(), frame.self(), entity.ruleLocals(), Map.of());
    }

    /** Passes when every approval the command needs was granted for this very call. */
    void check(@Nullable String instanceId) {
        for (ApprovalModel approval : entity.approvals()) {
            if (!approval.declared().command().equals(order.command().name())) {
                continue;
            }
            List<ApprovalRequest.Stage> stages = approval.neededStages(about);
            if (!stages.isEmpty()) {
                relied.add(granted(approval, stages, instanceId));
            }
        }
    }

    /** An approval is good for one success of the command it was given for. */
    void useUp() {
        relied.forEach(request -> scope.work().approvals().update(request.usedUp()));
    }

    private ApprovalRequest granted(
            ApprovalModel approval, List<ApprovalRequest.Stage> stages, @Nullable String instanceId) {
        if (instanceId == null) {
            throw new CommandRefused(
                    RefusalCode.APPROVAL_REQUIRED,
                    "Command '" + order.command().name() + "' needs the approval '" + approval.name()
                            + "', which can be asked for once the instance exists");
        }
        EntityKey instance = scope.key(entity, instanceId);
        ApprovalRequest.Subject subject =
                new ApprovalRequest.Subject(instance, approval.name(), InputHash.of(order.call()));
        Optional<ApprovalRequest> open = scope.work().approvals().open(subject);
        ApprovalRequest request = open.orElseGet(() -> request(approval, subject, stages));
        if (request.status() != Approval.Status.GRANTED) {
            throw missing(request);
        }
        return request;
    }

    private ApprovalRequest request(
            ApprovalModel approval, ApprovalRequest.Subject subject, List<ApprovalRequest.Stage> stages) {
        Double hours = approval.declared().timeout();
        ApprovalRequest request = new ApprovalRequest(
                scope.ports().traceIds().next(),
                subject,
                order.command().name(),
                call(),
                stages,
                List.of(),
                Approval.Status.PENDING,
                scope.instant(),
                hours == null ? null : after(scope.instant(), hours),
                null,
                null,
                false,
                null);
        if (!scope.work().approvals().insert(request)) {
            // Somebody made the same call a moment ago; that request is the one to wait for.
            return scope.work().approvals().open(subject).orElse(request);
        }
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        request.pendingStages().forEach(more.putArray("stages")::add);
        scope.recordedAside(new ApprovalEvents(scope).record(approval, ApprovalMoment.REQUESTED, request, more));
        return request;
    }

    /** Everything needed to make the call later, as it was made. */
    private ObjectNode call() {
        CallOptions options = order.call().options();
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("callerTenant", scope.caller().tenant());
        call.set("context", scope.caller().toJson());
        call.set("input", order.call().input());
        call.put("correlationId", order.trail().correlationId());
        call.put("causationId", order.trail().causationId());
        if (options.expectedVersion() != null) {
            call.put("expectedVersion", options.expectedVersion());
        }
        ArrayNode overrides = call.putArray("overrides");
        options.overrides().forEach(override -> overrides
                .addObject()
                .put("constraintCode", override.constraintCode())
                .put("reason", override.reason()));
        return call;
    }

    private CommandRefused missing(ApprovalRequest request) {
        List<String> pending = request.pendingStages();
        return new CommandRefused(new Refusal(
                RefusalCode.APPROVAL_REQUIRED,
                "Command '" + order.command().name() + "' needs the approval '"
                        + request.subject().approval() + "' (stages " + String.join(", ", pending) + ")",
                new Refusal.ApprovalNeeded(
                        request.id(),
                        request.subject().approval(),
                        pending,
                        request.expiresAt() == null ? null : request.expiresAt().toString())));
    }

    static Instant after(Instant from, double hours) {
        return from.plusMillis(Math.round(hours * MILLIS_PER_HOUR));
    }
}
