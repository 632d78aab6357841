package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.ApprovalMoment;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants, rejects and times out requests for approval, each in one unit of work. The last grant runs the command as it was
 * called, on behalf of who called it.
 */
final class DecideApprovals {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final RunCommand runner;

    DecideApprovals(Catalog catalog, RuntimePorts ports, RuntimeOptions options, RunCommand runner) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.runner = runner;
    }

    /** A request together with what its program says of it. */
    private record Found(ApprovalRequest request, EntityModel entity, ApprovalModel approval, Frame frame) {}

    /** Approves the stage, or every open stage the caller may approve when none is named. */
    ApprovalRequest approve(String id, @Nullable String stage, Caller caller, EntityUnitOfWork work) {
        CallScope scope = scope(work, caller);
        String user = user(caller);
        Found found = pending(id, scope);
        List<ApprovalRequest.Grant> grants = new ArrayList<>();
        for (String open : found.request().pendingStages()) {
            boolean asked = stage == null || stage.equals(open);
            if (asked
                    && !hasGranted(found.request(), open, user)
                    && found.approval().allows(open, found.frame())) {
                grants.add(new ApprovalRequest.Grant(open, user, scope.instant()));
            }
        }
        if (grants.isEmpty()) {
            throw denied(found.request(), stage, user);
        }
        ApprovalRequest granted = found.request().granted(grants);
        work.approvals().update(granted);
        for (ApprovalRequest.Grant grant : grants) {
            tell(found, ApprovalMoment.STAGE_GRANTED, granted, by(user).put("stage", grant.stage()), scope);
        }
        return granted.status() == Approval.Status.GRANTED ? grant(found, granted, by(user), scope) : granted;
    }

    /** Rejects the request: so may everybody who might approve an open stage of it, and who made the call. */
    ApprovalRequest reject(String id, String reason, Caller caller, EntityUnitOfWork work) {
        CallScope scope = scope(work, caller);
        String user = user(caller);
        Found found = pending(id, scope);
        boolean own = user.equals(found.request().call().at("/context/user/id").textValue());
        boolean mayApprove = found.request().pendingStages().stream()
                .anyMatch(open -> found.approval().allows(open, found.frame()));
        if (!own && !mayApprove) {
            throw denied(found.request(), null, user);
        }
        ApprovalRequest rejected =
                found.request().rejected(new ApprovalRequest.Rejection(user, reason, scope.instant()));
        work.approvals().update(rejected);
        tell(found, ApprovalMoment.DENIED, rejected, by(user).put("reason", reason), scope);
        return rejected;
    }

    /** Does what the approval says for the case that nobody decided in time; nothing when it is not the time. */
    boolean expire(String id, EntityUnitOfWork work) {
        Optional<ApprovalRequest> due = work.approvals().lock(id);
        if (due.isEmpty() || !isDue(due.get(), ports.clock().instant())) {
            return false;
        }
        ApprovalRequest request = due.get();
        CallScope scope = scope(work, requester(request));
        Optional<Found> known = find(request, scope);
        if (known.isEmpty() || request.escalation() != null || !(escalates(known.get()))) {
            ApprovalRequest expired = request.as(Approval.Status.EXPIRED);
            work.approvals().update(expired);
            known.ifPresent(found -> tell(found, ApprovalMoment.EXPIRED, expired, nothing(), scope));
            return true;
        }
        escalate(known.get(), scope);
        return true;
    }

    private static boolean isDue(ApprovalRequest request, Instant now) {
        return request.status() == Approval.Status.PENDING
                && request.expiresAt() != null
                && !request.expiresAt().isAfter(now);
    }

    private static boolean escalates(Found found) {
        return found.approval().declared().onTimeout() instanceof Approval.Escalate;
    }

    private void escalate(Found found, CallScope scope) {
        Approval declared = found.approval().declared();
        Approval.Escalate escalate = (Approval.Escalate) declared.onTimeout();
        JsonNode to =
                JsonValues.toJson(found.approval().escalation(found.frame()).orElseThrow());
        ApprovalRequest escalated = found.request()
                .escalated(
                        new ApprovalRequest.Escalation(
                                to.isMissingNode() ? JsonNodeFactory.instance.nullNode() : to, scope.instant()),
                        escalate.status(),
                        deadline(escalate.timeout(), declared.timeout(), scope.instant()));
        scope.work().approvals().update(escalated);
        ObjectNode more = nothing();
        more.set("escalatedTo", to);
        tell(found, ApprovalMoment.ESCALATED, escalated, more, scope);
        switch (escalate.status()) {
            case GRANTED -> grant(found, escalated, nothing(), scope);
            case DENIED -> tell(found, ApprovalMoment.DENIED, escalated, nothing(), scope);
            case EXPIRED -> tell(found, ApprovalMoment.EXPIRED, escalated, nothing(), scope);
            case PENDING -> {
                // it waits for whom it was escalated to
            }
        }
    }

    private static @Nullable Instant deadline(Approval.EscalationTimeout timeout, @Nullable Double usual, Instant now) {
        if (timeout instanceof Approval.Hours hours) {
            return RequireApprovals.after(now, hours.hours());
        }
        return timeout instanceof Approval.ResetTimeout && usual != null ? RequireApprovals.after(now, usual) : null;
    }

    /** Runs the command; when it is refused now, the grant stays good for the same call made again. */
    private ApprovalRequest grant(Found found, ApprovalRequest granted, ObjectNode more, CallScope scope) {
        tell(found, ApprovalMoment.GRANTED, granted, more, scope);
        CommandResult result = runner.run(call(granted), scope.work(), 0);
        ApprovalRequest now = scope.work().approvals().find(granted.id()).orElse(granted);
        ApprovalRequest ran = now.ran(result.toJson());
        scope.work().approvals().update(ran);
        return ran;
    }

    private static CommandCall call(ApprovalRequest request) {
        JsonNode call = request.call();
        List<OverrideRequest> overrides = new ArrayList<>();
        call.path("overrides")
                .forEach(override -> overrides.add(new OverrideRequest(
                        override.path("constraintCode").asText(),
                        override.path("reason").asText())));
        return CommandCall.of(
                        request.subject().instance().entity(),
                        request.command(),
                        request.subject().instance().id())
                .with((ObjectNode) call.path("input"))
                .by(requester(request))
                .with(CallOptions.NONE
                        .withOverrides(overrides)
                        .withExpectedVersion(
                                call.has("expectedVersion")
                                        ? call.path("expectedVersion").asLong()
                                        : null)
                        .withTrace(
                                call.path("correlationId").asText(),
                                call.path("causationId").asText()));
    }

    private static Caller requester(ApprovalRequest request) {
        return Caller.of(
                request.call().path("callerTenant").asText(), request.call().path("context"));
    }

    private Found pending(String id, CallScope scope) {
        Found found = scope.work()
                .approvals()
                .lock(id)
                .flatMap(request -> find(request, scope))
                .filter(known -> scope.tenant(known.entity().program())
                        .equals(known.request().subject().instance().tenant()))
                .orElseThrow(() -> new CommandRefused(
                        RefusalCode.APPROVAL_NOT_FOUND, "There is no request for approval '" + id + "'"));
        if (found.request().status() != Approval.Status.PENDING || isDue(found.request(), scope.instant())) {
            String state = found.request().status() == Approval.Status.PENDING
                    ? Approval.Status.EXPIRED.text()
                    : found.request().status().text();
            throw new CommandRefused(
                    RefusalCode.APPROVAL_CLOSED, "The request for approval '" + id + "' is " + state + " already");
        }
        return found;
    }

    /** Empty when the program does not have the entity, the approval or the instance any more. */
    private Optional<Found> find(ApprovalRequest request, CallScope scope) {
        EntityModel entity = catalog.entity(request.subject().instance().entity());
        if (entity == null) {
            return Optional.empty();
        }
        Optional<ApprovalModel> approval = entity.approvals().stream()
                .filter(declared -> declared.name().equals(request.subject().approval()))
                .findFirst();
        return approval.flatMap(declared -> scope.work()
                .entities()
                .load(request.subject().instance())
                .map(row -> new Found(
                        request,
                        entity,
                        declared,
                        new Frame(
                                scope.evaluation(null),
                                EntityRecord.fromJson(entity.shape(), row.properties()),
                                entity.ruleLocals(),
                                Map.of()))));
    }

    private void tell(Found found, ApprovalMoment moment, ApprovalRequest now, ObjectNode more, CallScope scope) {
        EntityEvent event = new ApprovalEvents(scope).record(found.approval(), moment, now, more);
        runner.reactTo(List.of(event), call(now), scope.work());
    }

    private CallScope scope(EntityUnitOfWork work, Caller caller) {
        return new CallScope(catalog, ports, options, work, caller);
    }

    private static String user(Caller caller) {
        return caller.userId()
                .orElseThrow(() -> new CommandRefused(
                        RefusalCode.POLICY_DENIED, "An approval is decided by somebody who is authenticated"));
    }

    private static boolean hasGranted(ApprovalRequest request, String stage, String user) {
        return request.grants().stream()
                .anyMatch(grant -> grant.stage().equals(stage) && grant.by().equals(user));
    }

    private static CommandRefused denied(ApprovalRequest request, @Nullable String stage, String user) {
        return new CommandRefused(
                RefusalCode.POLICY_DENIED,
                "'" + user + "' may not decide "
                        + (stage == null ? "any open stage" : "the stage '" + stage + "'")
                        + " of the approval '" + request.subject().approval() + "', or has done so already; open are "
                        + request.pendingStages());
    }

    private static ObjectNode by(String user) {
        return nothing().put("by", user);
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
