package dev.pawl.jms.event;

import static dev.pawl.jms.contract.MessageProperties.CE_CAUSATIONID;
import static dev.pawl.jms.contract.MessageProperties.CE_CORRELATIONID;
import static dev.pawl.jms.contract.MessageProperties.CE_DATACONTENTTYPE;
import static dev.pawl.jms.contract.MessageProperties.CE_ID;
import static dev.pawl.jms.contract.MessageProperties.CE_SEQUENCE;
import static dev.pawl.jms.contract.MessageProperties.CE_SOURCE;
import static dev.pawl.jms.contract.MessageProperties.CE_SPECVERSION;
import static dev.pawl.jms.contract.MessageProperties.CE_SUBJECT;
import static dev.pawl.jms.contract.MessageProperties.CE_TIME;
import static dev.pawl.jms.contract.MessageProperties.CE_TYPE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.EventOutbox;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as a CloudEvent 1.0 in binary mode: attributes as JMS properties, data as the body. The names of JMS properties
 * are Java identifiers, hence the prefix {@code ce_}.
 *
 * @param attributes texts, but for the sequence, which is a number so that selectors can compare it
 * @param data the event's payload, with the run and its workflow
 */
record EventMessage(Map<String, Object> attributes, String data) {

    static EventMessage of(EventOutbox.Entry entry, RunEvent event, String source) {
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
        return new EventMessage(attributes, data(entry, event));
    }

    private static String data(EventOutbox.Entry entry, RunEvent event) {
        ObjectNode data = (ObjectNode) JsonCodec.parse(event.payload());
        data.put("runId", entry.run().value());
        data.put("workflowId", entry.workflowId());
        return JsonCodec.write(data);
    }
}
