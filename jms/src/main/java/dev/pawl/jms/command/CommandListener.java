package dev.pawl.jms.command;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.StoreWatch;
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
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the queue. The message, what it changes and the answer share the JTA transaction that begins with the
 * delivery; a technical failure rolls all of it back, and the broker delivers again. A message that has failed often enough is
 * laid aside with its reason instead of being tried once more.
 */
@MessageDriven(name = "CommandListener")
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class CommandListener implements MessageListener {

    private static final Logger LOG = LoggerFactory.getLogger(CommandListener.class);

    /**
     * While the database is away a delivery lasts this long, so that the broker's few attempts last. A transaction may take
     * longer.
     */
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(60);

    @Inject
    private DecideCommand commands;

    @Inject
    private CommandMail mail;

    @Inject
    private FailedTries failed;

    @Inject
    private MessageCounts counts;

    @Inject
    private StoreWatch database;

    @Inject
    private Tracing tracing;

    @Resource
    private MessageDrivenContext context;

    /** Longest body taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.jms.max-body-bytes", defaultValue = "10485760")
    private int limit;

    /** Tries of a message; the broker delivers it once more, to be laid aside. */
    @Inject
    @ConfigProperty(name = "pawl.broker.delivery.attempts", defaultValue = "10")
    private int tries;

    @Override
    public void onMessage(Message message) {
        counts.commandReceived();
        String id = id(message);
        try {
            mail.settle(message, decide(message));
            failed.succeeded(id);
        } catch (StoreUnavailableException e) {
            LOG.debug("Message {} comes again", id(message), e);
            context.setRollbackOnly();
            database.awaitBack(LONGEST_OUTAGE);
        } catch (JMSException e) {
            failed.failed(id, e);
            throw new BrokerFailedException("The command in message " + id + " could not be settled", e);
        } catch (RuntimeException e) {
            failed.failed(id, e);
            throw e;
        }
    }

    private Decision decide(Message message) throws JMSException {
        if (message.getIntProperty(MessageProperties.DELIVERY_COUNT) > tries) {
            return DecideCommand.bury(DecideCommand.DELIVERY_FAILED, failed.giveUp(id(message), tries));
        }
        String text;
        try {
            text = MessageText.of(message, limit);
        } catch (RefusedException e) {
            return DecideCommand.bury(e.refusal());
        }
        Optional<String> key = Optional.ofNullable(message.getStringProperty(MessageProperties.IDEMPOTENCY_KEY));
        Incoming incoming = new Incoming(text, message.getJMSMessageID(), key, message.getJMSReplyTo() != null);
        Optional<TraceContext> trace = traceOf(message);
        return trace.isPresent()
                ? tracing.within(trace.get(), () -> commands.decide(incoming))
                : commands.decide(incoming);
    }

    private static Optional<TraceContext> traceOf(Message message) throws JMSException {
        return TraceContext.of(
                message.getStringProperty(MessageProperties.TRACEPARENT),
                message.getStringProperty(MessageProperties.TRACESTATE));
    }

    private static String id(Message message) {
        try {
            return message.getJMSMessageID();
        } catch (JMSException e) {
            return "(unknown)";
        }
    }
}
