package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates constraints and decides which failed ones the caller may pass. */
final class JudgeConstraints {
    static final String OVERRIDE_APPLIED = "OverrideApplied";
    static final String SYSTEM_CHANNEL = "system";

    private static final String ADMIN = "admin";

    private final CallScope scope;
    private final CommandCall call;
    private final EventBuffer events;

    JudgeConstraints(CallScope scope, CommandCall call, EventBuffer events) {
        this.scope = scope;
        this.call = call;
        this.events = events;
    }

    /** The outcomes are added in order; every constraint is evaluated, also after one that blocks. */
    void judge(
            List<ConstraintModel> constraints,
            Frame frame,
            @Nullable String instanceId,
            List<ConstraintOutcome> outcomes) {
        for (ConstraintModel constraint : constraints) {
            ConstraintOutcome outcome = outcome(constraint, frame);
            if (!outcome.passed() && constraint.declared().overrideable()) {
                outcome = override(constraint, outcome, frame, instanceId);
            }
            outcomes.add(outcome);
        }
    }

    static void refuseWhenBlocked(List<ConstraintOutcome> outcomes) {
        for (ConstraintOutcome outcome : outcomes) {
            if (outcome.isBlocker()) {
                throw new CommandRefused(
                        RefusalCode.CONSTRAINT_BLOCKED,
                        outcome.message() != null && !outcome.message().isEmpty()
                                ? outcome.message()
                                : "Command blocked by constraint '" + outcome.constraintName() + "'");
            }
        }
    }

    static ConstraintOutcome outcome(ConstraintModel constraint, Frame frame) {
        boolean holds =
                constraint.condition().holds(frame) != constraint.declared().failWhen();
        boolean passed = holds || constraint.alwaysPasses();
        if (passed && constraint.plainPass() != null) {
            return constraint.plainPass();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        constraint.details().forEach((name, code) -> details.put(name, code.value(frame)));
        String message = constraint.template() == null
                ? constraint.declared().message()
                : constraint.template().fill(frame, details);
        return new ConstraintOutcome(
                constraint.declared().code(),
                constraint.declared().name(),
                constraint.declared().severity(),
                constraint.condition().text(),
                message,
                details.isEmpty() ? null : JsonValues.mapToJson(details),
                passed,
                null,
                passed ? List.of() : constraint.condition().resolved(frame));
    }

    private ConstraintOutcome override(
            ConstraintModel constraint, ConstraintOutcome failed, Frame frame, @Nullable String instanceId) {
        Optional<OverrideRequest> request = call.options().overrides().stream()
                .filter(asked -> asked.constraintCode().equals(failed.code()))
                .findFirst();
        boolean unasked = scope.options().semantics() == Semantics.PUBLISHED
                && constraint.declared().overridePolicyRef() != null;
        if (request.isEmpty() && !unasked || !authorises(constraint, frame)) {
            return failed;
        }
        String authorizer =
                scope.caller().userId().orElse("policy:" + constraint.declared().overridePolicyRef());
        String reason = request.map(OverrideRequest::reason)
                .orElseGet(() ->
                        "Auto-authorized by policy '" + constraint.declared().overridePolicyRef() + "'");
        events.add(OVERRIDE_APPLIED, SYSTEM_CHANNEL, payload(failed.code(), reason, authorizer, instanceId));
        return failed.overriddenBy(authorizer);
    }

    /** Only who is authenticated can authorise; without a policy of its own, a constraint yields to an administrator. */
    private boolean authorises(ConstraintModel constraint, Frame frame) {
        boolean identified =
                scope.caller().userId().isPresent() || scope.options().semantics() == Semantics.PUBLISHED;
        if (constraint.declared().overridePolicyRef() == null) {
            return identified && scope.caller().hasRole(ADMIN);
        }
        ExplainedCode policy = constraint.overridePolicy();
        return identified && policy != null && policy.holds(frame);
    }

    private JsonNode payload(String code, String reason, String authorizer, @Nullable String instanceId) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("constraintCode", code);
        payload.put("reason", reason);
        payload.put("authorizedBy", authorizer);
        payload.put("timestamp", scope.instant().toEpochMilli());
        payload.put("commandName", call.command());
        if (call.entity() != null) {
            payload.put("entityName", call.entity());
        }
        if (instanceId != null) {
            payload.put("instanceId", instanceId);
        }
        return payload;
    }
}
