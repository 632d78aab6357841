package dev.pawl.jms.event;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventSink;
import dev.pawl.engine.port.SinkUnavailableException;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.command.BrokerFailedException;
import dev.pawl.jms.contract.Destinations;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Publishes events on the topic, as part of the JTA transaction that takes them from the outbox. */
@ApplicationScoped
public class JmsEventSink implements EventSink {

    @Resource(lookup = Destinations.CONNECTION_FACTORY)
    private ConnectionFactory broker;

    @Resource(lookup = Destinations.EVENTS)
    private Topic topic;

    @Inject
    private MessageCounts counts;

    /** The CloudEvents source of every event; tells one installation from another. */
    @Inject
    @ConfigProperty(name = "pawl.events.source", defaultValue = "/pawl")
    private String source;

    @Override
    public void publish(List<EventOutbox.Entry> entries) {
        boolean reached = false;
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(topic)) {
            reached = true;
            for (EventOutbox.Entry entry : entries) {
                for (RunEvent event : entry.events()) {
                    producer.send(message(EventMessage.of(entry, event, source), entry, session));
                    counts.eventSent();
                }
            }
        } catch (JMSException e) {
            if (!reached) {
                throw new SinkUnavailableException("The broker gives no way to the topic: " + e.getMessage(), e);
            }
            throw new BrokerFailedException(entries.size() + " entries of the outbox could not be published", e);
        }
    }

    private static TextMessage message(EventMessage event, EventOutbox.Entry entry, Session session)
            throws JMSException {
        TextMessage message = session.createTextMessage(event.data());
        for (Map.Entry<String, Object> attribute : event.attributes().entrySet()) {
            message.setObjectProperty(attribute.getKey(), attribute.getValue());
        }
        message.setJMSCorrelationID(entry.correlationId());
        return message;
    }
}
