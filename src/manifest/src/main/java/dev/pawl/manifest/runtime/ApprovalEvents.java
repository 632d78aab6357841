package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.ApprovalMoment;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityEvent.Subject;
import dev.pawl.manifest.runtime.port.EntityEvent.Trace;
import java.util.List;

/** Tells what becomes of a request for approval, under the names its approval declares. */
final class ApprovalEvents {
    private final CallScope scope;

    ApprovalEvents(CallScope scope) {
        this.scope = scope;
    }

    /** Records one moment of the request; the answer is recorded already, for whoever reacts to it. */
    EntityEvent record(ApprovalModel approval, ApprovalMoment moment, ApprovalRequest request, ObjectNode more) {
        String name = moment.nameAmong(approval.declared().emits());
        ObjectNode payload = more.objectNode();
        payload.put("approvalId", request.id());
        payload.put("approval", approval.name());
        payload.put("command", request.command());
        payload.put("status", request.status().text());
        payload.setAll(more);
        String channel = scope.catalog().programs().stream()
                .flatMap(program -> program.ir().event(name).stream())
                .map(Event::channel)
                .findFirst()
                .orElse(JudgeConstraints.SYSTEM_CHANNEL);
        EntityEvent event = new EntityEvent(
                scope.ports().traceIds().next(),
                request.subject().instance().tenant(),
                name,
                channel,
                payload,
                scope.instant(),
                new Trace(
                        request.call().path("correlationId").asText(),
                        request.call().path("causationId").asText(),
                        0),
                new Subject(
                        request.command(),
                        request.subject().instance().entity(),
                        request.subject().instance().id()));
        scope.work().events().append(List.of(event));
        return event;
    }
}
