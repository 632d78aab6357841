package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.RateLimit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The details of a refusal in a command result's JSON, each under its own name. */
final class RefusalJson {
    private RefusalJson() {}

    static void write(ObjectNode result, Refusal refusal) {
        if (refusal.detail() instanceof Refusal.GuardFailure guard) {
            ObjectNode json = result.putObject("guardFailure");
            json.put("index", guard.index());
            json.put("expression", guard.expression());
            json.put("formatted", guard.expression());
            json.set("resolved", CommandResultJson.write(guard.resolved()));
        } else if (refusal.detail() instanceof Refusal.PolicyDenial denial) {
            result.put("deniedBy", denial.policyName());
            ObjectNode json = result.putObject("policyDenial");
            json.put("policyName", denial.policyName());
            json.put("expression", denial.expression());
            json.put("formatted", denial.expression());
            json.put("message", denial.message());
            ArrayNode keys = json.putArray("contextKeys");
            denial.contextKeys().forEach(keys::add);
            json.set("resolved", CommandResultJson.write(denial.resolved()));
        } else if (refusal.detail() instanceof Refusal.RateLimitDenial denial) {
            ObjectNode json = result.putObject("rateLimitDenial");
            json.put("scope", denial.scope().text());
            json.put("scopeKey", denial.scopeKey());
            json.put("limit", denial.limit());
            json.put("windowMs", denial.windowMs());
            json.put("retryAfterMs", denial.retryAfterMs());
        } else if (refusal.detail() instanceof Refusal.ConcurrencyConflict conflict) {
            ObjectNode json = result.putObject("concurrencyConflict");
            json.put("entityType", conflict.entityType());
            json.put("entityId", conflict.entityId());
            json.put("expectedVersion", conflict.expectedVersion());
            json.put("actualVersion", conflict.actualVersion());
            json.put("conflictCode", Refusal.ConcurrencyConflict.CODE);
        } else if (refusal.detail() instanceof Refusal.ApprovalNeeded needed) {
            ObjectNode json = result.putObject("approvalRequired");
            json.put("id", needed.id());
            json.put("approval", needed.approval());
            needed.pendingStages().forEach(json.putArray("pendingStages")::add);
            if (needed.expiresAt() != null) {
                json.put("expiresAt", needed.expiresAt());
            }
        } else if (refusal.detail() instanceof Refusal.InvalidInput invalid) {
            ArrayNode errors = result.putArray("errors");
            invalid.errors()
                    .forEach(error ->
                            errors.addObject().put("pointer", error.pointer()).put("message", error.message()));
        }
    }

    static Refusal read(JsonNode result) {
        return new Refusal(
                RefusalCode.valueOf(result.path("code").asText()),
                result.path("error").asText(),
                readDetail(result));
    }

    private static Refusal.@Nullable Detail readDetail(JsonNode result) {
        if (result.has("guardFailure")) {
            JsonNode json = result.get("guardFailure");
            return new Refusal.GuardFailure(
                    json.path("index").asInt(),
                    json.path("expression").asText(),
                    CommandResultJson.readResolved(json.path("resolved")));
        }
        if (result.has("policyDenial")) {
            JsonNode json = result.get("policyDenial");
            return new Refusal.PolicyDenial(
                    json.path("policyName").asText(),
                    json.path("expression").asText(),
                    json.path("message").asText(),
                    CommandResultJson.list(json.path("contextKeys"), JsonNode::asText),
                    CommandResultJson.readResolved(json.path("resolved")));
        }
        if (result.has("rateLimitDenial")) {
            JsonNode json = result.get("rateLimitDenial");
            return new Refusal.RateLimitDenial(
                    RateLimit.Scope.valueOf(json.path("scope").asText().toUpperCase(Locale.ROOT)),
                    json.path("scopeKey").asText(),
                    json.path("limit").asInt(),
                    json.path("windowMs").asLong(),
                    json.path("retryAfterMs").asLong());
        }
        if (result.has("concurrencyConflict")) {
            JsonNode json = result.get("concurrencyConflict");
            return new Refusal.ConcurrencyConflict(
                    json.path("entityType").asText(),
                    json.path("entityId").asText(),
                    json.path("expectedVersion").asLong(),
                    json.path("actualVersion").asLong());
        }
        if (result.has("approvalRequired")) {
            JsonNode json = result.get("approvalRequired");
            return new Refusal.ApprovalNeeded(
                    json.path("id").asText(),
                    json.path("approval").asText(),
                    CommandResultJson.list(json.path("pendingStages"), JsonNode::asText),
                    json.path("expiresAt").textValue());
        }
        if (result.has("errors")) {
            return new Refusal.InvalidInput(CommandResultJson.list(
                    result.get("errors"),
                    error -> new FieldError(
                            error.path("pointer").asText(),
                            error.path("message").asText())));
        }
        return null;
    }
}
