package dev.pawl.jms.event;

import static dev.pawl.jms.contract.MessageProperties.CE_CAUSATIONID;
import static dev.pawl.jms.contract.MessageProperties.CE_CHANNEL;
import static dev.pawl.jms.contract.MessageProperties.CE_COMMAND;
import static dev.pawl.jms.contract.MessageProperties.CE_CORRELATIONID;
import static dev.pawl.jms.contract.MessageProperties.CE_DATACONTENTTYPE;
import static dev.pawl.jms.contract.MessageProperties.CE_EMITINDEX;
import static dev.pawl.jms.contract.MessageProperties.CE_ENTITY;
import static dev.pawl.jms.contract.MessageProperties.CE_ID;
import static dev.pawl.jms.contract.MessageProperties.CE_SEQUENCE;
import static dev.pawl.jms.contract.MessageProperties.CE_SOURCE;
import static dev.pawl.jms.contract.MessageProperties.CE_SPECVERSION;
import static dev.pawl.jms.contract.MessageProperties.CE_SUBJECT;
import static dev.pawl.jms.contract.MessageProperties.CE_TIME;
import static dev.pawl.jms.contract.MessageProperties.CE_TRACEPARENT;
import static dev.pawl.jms.contract.MessageProperties.CE_TRACESTATE;
import static dev.pawl.jms.contract.MessageProperties.CE_TYPE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.EventOutbox;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event as a CloudEvent 1.0 in binary mode: attributes as JMS properties, data as the body. The names of JMS properties
 * are Java identifiers, hence the prefix {@code ce_}.
 *
 * @param attributes texts, but for the sequence, which is a number so that selectors can compare it
 * @param data the event's payload; that of a run's event with the run and its workflow
 */
record EventMessage(Map<String, Object> attributes, String data) {

    /** @param trace what follows from the event belongs to; by the CloudEvents extension for distributed tracing */
    static EventMessage of(EventOutbox.Entry entry, RunEvent event, String source, Optional<TraceContext> trace) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(CE_SPECVERSION, "1.0");
        attributes.put(CE_TYPE, event.type());
        attributes.put(CE_ID, entry.run() + ":" + event.sequence());
        attributes.put(CE_SOURCE, source);
        attributes.put(CE_SUBJECT, entry.run().value());
        attributes.put(CE_TIME, event.occurredAt().toString());
        attributes.put(CE_DATACONTENTTYPE, "application/json");
        attributes.put(CE_CORRELATIONID, entry.correlationId());
        attributes.put(CE_CAUSATIONID, event.causationId());
        attributes.put(CE_SEQUENCE, event.sequence());
        trace.ifPresent(context -> {
            attributes.put(CE_TRACEPARENT, context.parent());
            if (context.state() != null) {
                attributes.put(CE_TRACESTATE, context.state());
            }
        });
        entry.about().ifPresent(about -> describe(attributes, about));
        return new EventMessage(attributes, entry.about().isPresent() ? event.payload() : data(entry, event));
    }

    /** An event of an entity command has an id of its own and is about an instance, or about its command alone. */
    private static void describe(Map<String, Object> attributes, EventOutbox.About about) {
        attributes.put(CE_ID, about.eventId());
        attributes.put(
                CE_SUBJECT,
                about.entity().orElse(about.command())
                        + about.instanceId().map(id -> "/" + id).orElse(""));
        about.entity().ifPresent(entity -> attributes.put(CE_ENTITY, entity));
        attributes.put(CE_COMMAND, about.command());
        attributes.put(CE_CHANNEL, about.channel());
        attributes.put(CE_EMITINDEX, (long) about.emitIndex());
    }

    private static String data(EventOutbox.Entry entry, RunEvent event) {
        ObjectNode data = (ObjectNode) JsonCodec.parse(event.payload());
        data.put("runId", entry.run().value());
        data.put("workflowId", entry.workflowId());
        return JsonCodec.write(data);
    }
}
