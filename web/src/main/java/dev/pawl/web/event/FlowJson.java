package dev.pawl.web.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.query.FlowEvent;

/** An event of a flow as JSON: of an entity command as elsewhere, of a run alike as far as it goes. */
final class FlowJson {

    private FlowJson() {}

    static ObjectNode of(FlowEvent event) {
        ObjectNode json = JsonCodec.object();
        json.put("id", event.id());
        json.put("name", event.type());
        event.about().ifPresent(about -> json.put("channel", about.channel()));
        json.set("payload", event.payload());
        json.put("timestamp", event.occurredAt().toEpochMilli());
        json.put("correlationId", event.correlationId());
        json.put("causationId", event.causationId());
        event.about().ifPresent(about -> json.put("emitIndex", about.emitIndex()));
        ObjectNode subject = json.putObject("subject");
        event.about().ifPresentOrElse(about -> describe(subject, about), () -> subject.put("run", event.stream())
                .put("workflow", event.workflowId()));
        json.put("tenant", event.tenant());
        json.put("sequence", event.sequence());
        json.put("occurredAt", event.occurredAt().toString());
        return json;
    }

    private static void describe(ObjectNode subject, About about) {
        subject.put("command", about.command());
        about.entity().ifPresent(entity -> subject.put("entity", entity));
        about.instanceId().ifPresent(id -> subject.put("id", id));
    }
}
