package dev.pawl.jms.command;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.contract.MessageProperties;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes commands from the queue. The message, what it changes and the answer share the JTA transaction that begins with the
 * delivery; a technical failure rolls all of it back, and the broker delivers again, up to its limit.
 */
@MessageDriven(name = "CommandListener")
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class CommandListener implements MessageListener {

    @Inject
    private DecideCommand commands;

    @Inject
    private CommandMail mail;

    @Inject
    private MessageCounts counts;

    /** Longest body taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.jms.max-body-bytes", defaultValue = "10485760")
    private int limit;

    @Override
    public void onMessage(Message message) {
        counts.commandReceived();
        try {
            mail.settle(message, decide(message));
        } catch (JMSException e) {
            throw new BrokerFailedException("The command in message " + id(message) + " could not be settled", e);
        }
    }

    private Decision decide(Message message) throws JMSException {
        String text;
        try {
            text = MessageText.of(message, limit);
        } catch (RefusedException e) {
            return DecideCommand.bury(e.refusal());
        }
        Optional<String> key = Optional.ofNullable(message.getStringProperty(MessageProperties.IDEMPOTENCY_KEY));
        return commands.decide(new Incoming(text, message.getJMSMessageID(), key, message.getJMSReplyTo() != null));
    }

    private static String id(Message message) {
        try {
            return message.getJMSMessageID();
        } catch (JMSException e) {
            return "(unknown)";
        }
    }
}
