package dev.pawl.jms.command;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.Tracing;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.contract.MessageProperties;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes events from the queue and publishes them, each message and what follows from it in one JTA transaction. What is no
 * event becomes a dead letter.
 */
@MessageDriven(name = "EventListener")
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class EventListener implements MessageListener {

    @Inject
    private PublishMessage events;

    @Inject
    private CommandMail mail;

    @Inject
    private Delivery delivery;

    @Inject
    private MessageCounts counts;

    @Inject
    private Tracing tracing;

    @Resource
    private MessageDrivenContext context;

    @Override
    public void onMessage(Message message) {
        counts.eventReceived();
        delivery.settle(message, context, () -> {
            Optional<String> reason = publish(message);
            if (reason.isPresent()) {
                mail.buryEvent(message, reason.get());
            }
        });
    }

    /** Why the message is to be laid aside, if it is. */
    private Optional<String> publish(Message message) throws JMSException {
        Optional<String> spent = delivery.spent(message);
        if (spent.isPresent()) {
            return spent.map(reason -> DecideCommand.DELIVERY_FAILED + ": " + reason);
        }
        String text;
        try {
            text = delivery.text(message);
        } catch (RefusedException e) {
            return Optional.of(e.refusal().code() + ": " + e.refusal().message());
        }
        Map<String, String> attributes = attributes(message);
        String id = message.getJMSMessageID();
        Optional<TraceContext> trace = TraceContext.of(
                attributes.get(MessageProperties.CE_TRACEPARENT), attributes.get(MessageProperties.CE_TRACESTATE));
        return tracing.within(trace, () -> events.publish(attributes, text, id));
    }

    private static Map<String, String> attributes(Message message) throws JMSException {
        Map<String, String> attributes = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = String.valueOf(names.nextElement());
            String value = name.startsWith(MessageProperties.CE_PREFIX) ? message.getStringProperty(name) : null;
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }
}
