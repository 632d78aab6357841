package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits for the approval of others.
 *
 * <p>It is PENDING until every stage has its approvals (GRANTED), somebody rejects it (DENIED) or its time is over (EXPIRED).
 * When it is granted, the command runs as it was called, on behalf of who called it; a granted request is used up by the
 * success of that command and stays open until then, so that the same call may be made again.
 *
 * @param call what was called: input, options and context of the caller
 * @param used whether the command has run with this approval
 * @param outcome the result of the command when it ran at the moment of the grant
 */
public record ApprovalRequest(
        String id,
        Subject subject,
        String command,
        ObjectNode call,
        List<Stage> stages,
        List<Grant> grants,
        Approval.Status status,
        Instant requestedAt,
        @Nullable Instant expiresAt,
        @Nullable Escalation escalation,
        @Nullable Rejection rejection,
        boolean used,
        @Nullable ObjectNode outcome) {

    public ApprovalRequest {
        stages = List.copyOf(stages);
        grants = List.copyOf(grants);
    }

    /** What the approval is about: this call, known by its hash, of the gated command on this instance. */
    public record Subject(EntityKey instance, String approval, String callHash) {}

    /** A stage the request needs, and how many approvals. */
    public record Stage(String name, int required) {}

    public record Grant(String stage, String by, Instant at) {}

    public record Escalation(JsonNode to, Instant at) {}

    public record Rejection(String by, String reason, Instant at) {}

    /** Whether it still stands in the way of a second request for the same call. */
    public boolean isOpen() {
        return status == Approval.Status.PENDING || (status == Approval.Status.GRANTED && !used);
    }

    /** When the last thing happened to it after which it was closed; absent while it is open. */
    public @Nullable Instant closedAt() {
        if (isOpen()) {
            return null;
        }
        Stream<@Nullable Instant> moments = Stream.of(
                requestedAt,
                escalation == null ? null : escalation.at(),
                rejection == null ? null : rejection.at(),
                status == Approval.Status.EXPIRED ? expiresAt : null);
        return Stream.concat(moments, grants.stream().map(Grant::at))
                .flatMap(Stream::ofNullable)
                .max(Comparator.naturalOrder())
                .orElse(requestedAt);
    }

    /** The stages that lack approvals. */
    public List<String> pendingStages() {
        return stages.stream()
                .filter(stage -> grants.stream()
                                .filter(grant -> grant.stage().equals(stage.name()))
                                .count()
                        < stage.required())
                .map(Stage::name)
                .toList();
    }

    public ApprovalRequest granted(List<Grant> more) {
        List<Grant> all = new ArrayList<>(grants);
        all.addAll(more);
        ApprovalRequest next = with(status, expiresAt, all, escalation, rejection, used, outcome);
        return next.pendingStages().isEmpty() ? next.as(Approval.Status.GRANTED) : next;
    }

    public ApprovalRequest as(Approval.Status changed) {
        return with(changed, expiresAt, grants, escalation, rejection, used, outcome);
    }

    public ApprovalRequest rejected(Rejection by) {
        return with(Approval.Status.DENIED, expiresAt, grants, escalation, by, used, outcome);
    }

    public ApprovalRequest escalated(Escalation to, Approval.Status as, @Nullable Instant until) {
        return with(as, until, grants, to, rejection, used, outcome);
    }

    public ApprovalRequest usedUp() {
        return with(status, expiresAt, grants, escalation, rejection, true, outcome);
    }

    public ApprovalRequest ran(ObjectNode result) {
        return with(status, expiresAt, grants, escalation, rejection, used, result);
    }

    private ApprovalRequest with(
            Approval.Status changedStatus,
            @Nullable Instant changedExpiry,
            List<Grant> changedGrants,
            @Nullable Escalation changedEscalation,
            @Nullable Rejection changedRejection,
            boolean changedUsed,
            @Nullable ObjectNode changedOutcome) {
        return new ApprovalRequest(
                id,
                subject,
                command,
                call,
                stages,
                changedGrants,
                changedStatus,
                requestedAt,
                changedExpiry,
                changedEscalation,
                changedRejection,
                changedUsed,
                changedOutcome);
    }

    /** What people see: everything but the context of the caller, of whom the name alone is told. */
    public ObjectNode toPublicJson() {
        ObjectNode json = toJson();
        json.remove("call");
        json.remove("callHash");
        json.put("requestedBy", call.at("/context/user/id").asText("anonymous"));
        json.set("input", call.path("input"));
        ArrayNode pending = json.putArray("pendingStages");
        if (status == Approval.Status.PENDING) {
            pendingStages().forEach(pending::add);
        }
        return json;
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("approval", subject.approval());
        json.put("status", status.text());
        json.put("tenant", subject.instance().tenant());
        json.put("entity", subject.instance().entity());
        json.put("instanceId", subject.instance().id());
        json.put("command", command);
        json.put("callHash", subject.callHash());
        json.set("call", call);
        ArrayNode allStages = json.putArray("stages");
        stages.forEach(stage -> allStages.addObject().put("name", stage.name()).put("required", stage.required()));
        ArrayNode allGrants = json.putArray("grants");
        grants.forEach(grant -> allGrants
                .addObject()
                .put("stage", grant.stage())
                .put("by", grant.by())
                .put("at", grant.at().toString()));
        json.put("requestedAt", requestedAt.toString());
        if (expiresAt != null) {
            json.put("expiresAt", expiresAt.toString());
        }
        if (escalation != null) {
            json.set("escalatedTo", escalation.to());
            json.put("escalatedAt", escalation.at().toString());
        }
        if (rejection != null) {
            json.putObject("rejection")
                    .put("by", rejection.by())
                    .put("reason", rejection.reason())
                    .put("at", rejection.at().toString());
        }
        json.put("used", used);
        if (outcome != null) {
            json.set("result", outcome);
        }
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static ApprovalRequest fromJson(JsonNode json) {
        List<Stage> stages = new ArrayList<>();
        json.path("stages")
                .forEach(stage -> stages.add(new Stage(
                        stage.path("name").asText(), stage.path("required").asInt())));
        List<Grant> grants = new ArrayList<>();
        json.path("grants")
                .forEach(grant -> grants.add(new Grant(
                        grant.path("stage").asText(),
                        grant.path("by").asText(),
                        Instant.parse(grant.path("at").asText()))));
        JsonNode rejection = json.path("rejection");
        return new ApprovalRequest(
                json.path("id").asText(),
                new Subject(
                        new EntityKey(
                                json.path("tenant").asText(),
                                json.path("entity").asText(),
                                json.path("instanceId").asText()),
                        json.path("approval").asText(),
                        json.path("callHash").asText()),
                json.path("command").asText(),
                (ObjectNode) json.path("call"),
                stages,
                grants,
                Approval.Status.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
                Instant.parse(json.path("requestedAt").asText()),
                json.has("expiresAt") ? Instant.parse(json.path("expiresAt").asText()) : null,
                json.has("escalatedAt")
                        ? new Escalation(
                                json.path("escalatedTo"),
                                Instant.parse(json.path("escalatedAt").asText()))
                        : null,
                rejection.isObject()
                        ? new Rejection(
                                rejection.path("by").asText(),
                                rejection.path("reason").asText(),
                                Instant.parse(rejection.path("at").asText()))
                        : null,
                json.path("used").asBoolean(),
                json.path("result") instanceof ObjectNode result ? result : null);
    }
}
