package dev.pawl.bench.measure;

import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;

/**
 * Messages the broker was given since it started, as the broker counts them.
 *
 * @param jobs on the queue {@code jobs}
 * @param events on the topic {@code events}, whether anybody listened or not
 */
public record Messages(long jobs, long events) {

    private static final long PATIENCE_MILLIS = 10_000;

    /** Asks the broker. */
    static Messages read(JmsClient broker) {
        try (JMSContext context = broker.factory().createContext()) {
            TemporaryQueue replies = context.createTemporaryQueue();
            try (JMSConsumer consumer = context.createConsumer(replies)) {
                return new Messages(
                        ask(context, replies, consumer, "queue.jobs", "messagesAdded"),
                        ask(context, replies, consumer, "address.events", "routedMessageCount")
                                + ask(context, replies, consumer, "address.events", "unRoutedMessageCount"));
            }
        }
    }

    /** As if this many events more had come. */
    public Messages andEvents(long more) {
        return new Messages(jobs, events + more);
    }

    Messages since(Messages before) {
        return new Messages(jobs - before.jobs, events - before.events);
    }

    private static long ask(
            JMSContext context, TemporaryQueue replies, JMSConsumer consumer, String resource, String attribute) {
        try {
            Queue management = context.createQueue("activemq.management");
            Message question = context.createMessage();
            JMSManagementHelper.putAttribute(question, resource, attribute);
            question.setJMSReplyTo(replies);
            context.createProducer().send(management, question);
            Message answer = consumer.receive(PATIENCE_MILLIS);
            if (answer == null || !JMSManagementHelper.hasOperationSucceeded(answer)) {
                throw new IllegalStateException("the broker does not tell " + attribute + " of " + resource);
            }
            return ((Number) JMSManagementHelper.getResult(answer)).longValue();
        } catch (Exception e) {
            throw new IllegalStateException("asking the broker for " + attribute + " of " + resource, e);
        }
    }
}
