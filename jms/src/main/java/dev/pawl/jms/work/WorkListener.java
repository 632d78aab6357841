package dev.pawl.jms.work;

import dev.pawl.engine.work.StepWorker;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.command.BrokerFailedException;
import dev.pawl.jms.command.CommandMail;
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

/**
 * Hears that there is work and tells the worker, which does it on threads of its own: no transaction, and no message, is
 * held while user code runs.
 */
@MessageDriven(name = "WorkListener")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WorkListener implements MessageListener {

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
            Optional<Reply> reply = new DeliverJob(worker::wake, worker::executeJob).deliver(text);
            if (reply.isPresent()) {
                mail.reply(message, reply.get());
            }
        } catch (JMSException e) {
            throw new BrokerFailedException("A message for workers could not be read or answered", e);
        }
    }
}
