package dev.pawl.jms.work;

import dev.pawl.engine.work.StepWorker;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.command.BrokerFailedException;
import dev.pawl.jms.command.CommandMail;
import dev.pawl.jms.command.ReplyAddress;
import dev.pawl.jms.contract.Reply;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears that there is work and tells the worker, which does it on threads of its own: no transaction, and no message, is
 * held while user code runs; who asked for a step by name is answered when the step has ended.
 */
@MessageDriven(name = "WorkListener")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WorkListener implements MessageListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkListener.class);

    @Inject
    private StepWorker worker;

    @Inject
    private CommandMail mail;

    @Inject
    private MessageCounts counts;

    @Override
    public void onMessage(Message message) {
        counts.jobReceived();
        try {
            String text = message instanceof TextMessage job && job.getText() != null ? job.getText() : "";
            Optional<ReplyAddress> to = ReplyAddress.of(message);
            new DeliverJob(worker::wake, worker::execute)
                    .deliver(text)
                    .ifPresent(ended -> to.ifPresent(address -> ended.thenAccept(reply -> reply(address, reply))));
        } catch (JMSException e) {
            throw new BrokerFailedException("A message for workers could not be read", e);
        }
    }

    /** The step has ended, and its message is long gone: an answer that cannot be sent changes nothing. */
    private void reply(ReplyAddress to, Reply reply) {
        try {
            mail.reply(to, reply);
        } catch (JMSException e) {
            LOG.warn("The outcome {} of a step could not be sent to {}", to.correlationId(), to.destination(), e);
        }
    }
}
