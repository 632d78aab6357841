package dev.pawl.acceptance.server;

import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import jakarta.jms.XAJMSContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A program outside the server that speaks JMS with the broker. */
public final class JmsClient implements AutoCloseable {

    private final ActiveMQConnectionFactory factory;

    private JmsClient(ActiveMQConnectionFactory factory) {
        this.factory = factory;
    }

    /** A client of the broker on this port. */
    public static JmsClient connect(String host, int port) {
        return new JmsClient(
                new ActiveMQConnectionFactory("tcp://" + host + ":" + port + "?reconnectAttempts=0&callTimeout=10000"));
    }

    /** The connection factory itself, for what the methods here do not offer. */
    public ActiveMQConnectionFactory factory() {
        return factory;
    }

    /** Sends a text to a queue. */
    public void send(String queue, String text, Map<String, String> properties) {
        try (JMSContext context = factory.createContext()) {
            context.createProducer().send(context.createQueue(queue), message(context, text, properties));
        }
    }

    /** Sends a text to a queue and waits for the answer on a queue of its own. */
    public Optional<String> request(String queue, String text, Map<String, String> properties, Duration patience) {
        try (JMSContext context = factory.createContext()) {
            Destination replies = context.createTemporaryQueue();
            Message request = message(context, text, properties);
            request.setJMSReplyTo(replies);
            JMSConsumer consumer = context.createConsumer(replies);
            context.createProducer().send(context.createQueue(queue), request);
            return Optional.ofNullable(consumer.receive(patience.toMillis())).map(JmsClient::text);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes one message off a queue. */
    public Optional<Message> receive(String queue, Duration patience) {
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            return Optional.ofNullable(consumer.receive(patience.toMillis()));
        }
    }

    /** The texts waiting in a queue, which stay there. */
    public List<String> browse(String queue) {
        try (JMSContext context = factory.createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(queue))) {
            List<String> texts = new ArrayList<>();
            Enumeration<?> waiting = browser.getEnumeration();
            while (waiting.hasMoreElements()) {
                texts.add(text((Message) waiting.nextElement()));
            }
            return texts;
        } catch (JMSException e) {
            throw new IllegalStateException("browsing " + queue, e);
        }
    }

    /** Listens to a topic from now on; a selector of {@code null} takes everything. */
    public Subscription subscribe(String topic, @org.jspecify.annotations.Nullable String selector) {
        JMSContext context = factory.createContext();
        return new Subscription(context, context.createConsumer(context.createTopic(topic), selector));
    }

    /** An open ear on a topic. */
    public record Subscription(JMSContext context, JMSConsumer consumer) implements AutoCloseable {

        /** The next message, if one comes in time. */
        public Optional<Message> next(Duration patience) {
            return Optional.ofNullable(consumer.receive(patience.toMillis()));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** How many transactions the broker holds prepared: neither committed nor rolled back. */
    public int preparedTransactions() {
        try (XAJMSContext context = factory.createXAContext()) {
            return context.getXAResource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN).length;
        } catch (XAException e) {
            throw new IllegalStateException("the broker does not list its prepared transactions", e);
        }
    }

    @Override
    public void close() {
        factory.close();
    }

    private static Message message(JMSContext context, String text, Map<String, String> properties) {
        try {
            TextMessage message = context.createTextMessage(text);
            for (Map.Entry<String, String> property : properties.entrySet()) {
                message.setStringProperty(property.getKey(), property.getValue());
            }
            return message;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            throw new IllegalStateException("not a text message", e);
        }
    }
}
