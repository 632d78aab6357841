package dev.pawl.jms.command;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;

/**
 * Where the answer to a message goes, and how: to be kept when the answer comes after the message is gone.
 *
 * @param correlationId the message's own, or else its id
 */
public record ReplyAddress(Destination destination, String correlationId, int deliveryMode) {

    /** Empty when nobody waits for an answer. */
    public static Optional<ReplyAddress> of(Message message) throws JMSException {
        Destination to = message.getJMSReplyTo();
        return to == null
                ? Optional.empty()
                : Optional.of(new ReplyAddress(to, correlation(message), message.getJMSDeliveryMode()));
    }

    static String correlation(Message message) throws JMSException {
        String given = message.getJMSCorrelationID();
        return given == null ? message.getJMSMessageID() : given;
    }
}
