package dev.pawl.jms.event;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventSink;
import dev.pawl.engine.port.SinkUnavailableException;
import dev.pawl.engine.port.Tracing;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.command.BrokerFailedException;
import dev.pawl.jms.contract.Destinations;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events on the topic, as part of the JTA transaction that takes them from the outbox. */
@ApplicationScoped
@Named(JmsEventSink.NAME)
public class JmsEventSink implements EventSink {

    /** For a bean of the application that takes its place and passes events on to it. */
    public static final String NAME = "pawl-topic";

    private static final Logger LOG = LoggerFactory.getLogger(JmsEventSink.class);

    @Resource(lookup = Destinations.CONNECTION_FACTORY)
    private ConnectionFactory broker;

    @Resource(lookup = Destinations.EVENTS)
    private Topic topic;

    @Inject
    private MessageCounts counts;

    @Inject
    private Tracing tracing;

    /** The CloudEvents source of every event; tells one installation from another. */
    @Inject
    @ConfigProperty(name = "pawl.events.source", defaultValue = "/pawl")
    private String source;

    /** A session takes part in the transaction from its beginning to the commit, although it is closed here. */
    @Override
    @SuppressWarnings("try") // the session does its work by being there
    public void join() {
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession()) {
            LOG.trace("The broker takes part in the relay's transaction");
        } catch (JMSException e) {
            throw unavailable(e);
        }
    }

    /**
     * All messages are made before the first is sent: those that follow each other closely find the broker's threads awake, and
     * waking them takes longer than what they do for a message.
     */
    @Override
    public void publish(List<EventOutbox.Entry> entries) {
        boolean reached = false;
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(topic)) {
            reached = true;
            List<TextMessage> messages = new ArrayList<>();
            for (EventOutbox.Entry entry : entries) {
                addMessages(entry, session, messages);
            }
            for (TextMessage message : messages) {
                producer.send(message);
                counts.eventSent();
            }
        } catch (JMSException e) {
            if (!reached || Blame.isOnBroker(e)) {
                throw unavailable(e);
            }
            throw new BrokerFailedException(entries.size() + " entries of the outbox could not be published", e);
        }
    }

    private static SinkUnavailableException unavailable(JMSException e) {
        return new SinkUnavailableException("The broker gives no way to the topic: " + e.getMessage(), e);
    }

    private void addMessages(EventOutbox.Entry entry, Session session, List<TextMessage> messages) throws JMSException {
        Optional<TraceContext> trace = entry.trace();
        if (trace.isEmpty()) {
            addMessages(entry, trace, session, messages);
            return;
        }
        try (Tracing.Span span = tracing.begin(
                "events publish",
                Tracing.Kind.PRODUCER,
                trace.get(),
                () -> Map.of("pawl.run", entry.run().value()))) {
            addMessages(entry, span.context(), session, messages);
        }
    }

    private void addMessages(
            EventOutbox.Entry entry, Optional<TraceContext> trace, Session session, List<TextMessage> messages)
            throws JMSException {
        for (RunEvent event : entry.events()) {
            messages.add(message(EventMessage.of(entry, event, source, trace), entry, session));
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
