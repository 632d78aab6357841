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
import java.util.Optional;

/**
 * Takes commands from the queue. The message, what it changes and the answer share the JTA transaction that begins with the
 * delivery.
 */
@MessageDriven(name = "CommandListener")
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class CommandListener implements MessageListener {

    @Inject
    private DecideCommand commands;

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
        counts.commandReceived();
        delivery.settle(message, context, () -> mail.settle(message, decide(message)));
    }

    private Decision decide(Message message) throws JMSException {
        Optional<String> spent = delivery.spent(message);
        if (spent.isPresent()) {
            return DecideCommand.bury(DecideCommand.DELIVERY_FAILED, spent.get());
        }
        String text;
        try {
            text = delivery.text(message);
        } catch (RefusedException e) {
            return DecideCommand.bury(e.refusal());
        }
        Optional<String> key = Optional.ofNullable(message.getStringProperty(MessageProperties.IDEMPOTENCY_KEY));
        Incoming incoming = new Incoming(text, message.getJMSMessageID(), key, message.getJMSReplyTo() != null);
        return tracing.within(traceOf(message), () -> commands.decide(incoming));
    }

    private static Optional<TraceContext> traceOf(Message message) throws JMSException {
        return TraceContext.of(
                message.getStringProperty(MessageProperties.TRACEPARENT),
                message.getStringProperty(MessageProperties.TRACESTATE));
    }
}
