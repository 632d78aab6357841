package dev.pawl.jms.command;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.jms.contract.Destinations;
import dev.pawl.jms.contract.JobMessage;
import dev.pawl.jms.contract.MessageProperties;
import dev.pawl.jms.contract.Reply;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Enumeration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what follows from a message, within the transaction around the call or, without one, at once. */
@ApplicationScoped
public class CommandMail {

    private static final Logger LOG = LoggerFactory.getLogger(CommandMail.class);

    @Resource(lookup = Destinations.CONNECTION_FACTORY)
    private ConnectionFactory broker;

    @Resource(lookup = Destinations.COMMANDS_DEAD)
    private Queue dead;

    @Resource(lookup = Destinations.EVENTS_IN_DEAD)
    private Queue deadEvents;

    @Resource(lookup = Destinations.JOBS)
    private Queue jobs;

    void settle(Message message, Decision decision) throws JMSException {
        if (decision instanceof Decision.Answer answer) {
            reply(message, answer.reply());
        } else if (decision instanceof Decision.Result result) {
            reply(message, JsonCodec.write(result.result()));
        } else if (decision instanceof Decision.Bury bury) {
            bury(message, bury.reason());
            reply(message, bury.reply());
        } else if (decision instanceof Decision.HandOn handOn) {
            handOn(message, JobMessage.of(handOn.step(), handOn.keyed()));
        }
    }

    /** Answers a message whose sender waits. */
    public void reply(ReplyAddress to, Reply reply) throws JMSException {
        reply(to, JsonCodec.write(reply));
    }

    private void reply(Message message, Reply reply) throws JMSException {
        reply(message, JsonCodec.write(reply));
    }

    private void reply(Message message, String text) throws JMSException {
        Optional<ReplyAddress> to = ReplyAddress.of(message);
        if (to.isPresent()) {
            reply(to.get(), text);
        }
    }

    /** A sender that is gone does not undo what was done. */
    private void reply(ReplyAddress to, String text) throws JMSException {
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(to.destination())) {
            TextMessage answer = session.createTextMessage(text);
            answer.setJMSCorrelationID(to.correlationId());
            producer.setDeliveryMode(to.deliveryMode());
            producer.send(answer);
        } catch (InvalidDestinationException e) {
            LOG.warn("Nobody takes the answer {} at {} any more", to.correlationId(), to.destination(), e);
        }
    }

    private void bury(Message message, String reason) throws JMSException {
        bury(message, reason, dead);
    }

    /** Lays an event aside with its attributes. */
    void buryEvent(Message message, String reason) throws JMSException {
        bury(message, reason, deadEvents);
    }

    private void bury(Message message, String reason, Queue dead) throws JMSException {
        LOG.warn("Message {} becomes a dead letter: {}", message.getJMSMessageID(), reason);
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(dead)) {
            Message letter = copy(message, session);
            letter.setStringProperty(MessageProperties.REASON, reason);
            letter.setStringProperty(MessageProperties.ORIGINAL_MESSAGE_ID, message.getJMSMessageID());
            String key = message.getStringProperty(MessageProperties.IDEMPOTENCY_KEY);
            if (key != null) {
                letter.setStringProperty(MessageProperties.IDEMPOTENCY_KEY, key);
            }
            copyAttributes(message, letter);
            letter.setJMSCorrelationID(message.getJMSCorrelationID());
            producer.send(letter);
        }
    }

    private static void copyAttributes(Message message, Message letter) throws JMSException {
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = String.valueOf(names.nextElement());
            if (name.startsWith(MessageProperties.CE_PREFIX)) {
                letter.setObjectProperty(name, message.getObjectProperty(name));
            }
        }
    }

    /** The content as it came; of a kind of message that is not understood here, nothing but the fact. */
    private static Message copy(Message message, Session session) throws JMSException {
        if (message instanceof TextMessage text) {
            return session.createTextMessage(text.getText());
        }
        BytesMessage copy = session.createBytesMessage();
        if (message instanceof BytesMessage bytes) {
            bytes.reset();
            byte[] part = new byte[8_192];
            for (int read = bytes.readBytes(part); read > 0; read = bytes.readBytes(part)) {
                copy.writeBytes(part, 0, read);
            }
        }
        return copy;
    }

    private void handOn(Message message, JobMessage job) throws JMSException {
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(jobs)) {
            TextMessage handedOn = session.createTextMessage(job.text());
            handedOn.setJMSReplyTo(message.getJMSReplyTo());
            handedOn.setJMSCorrelationID(ReplyAddress.correlation(message));
            producer.send(handedOn);
        }
    }
}
