package dev.pawl.jms.command;

import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.StoreWatch;
import dev.pawl.jms.contract.MessageProperties;
import jakarta.ejb.MessageDrivenContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery of a message. A technical failure rolls everything back, and the broker delivers again; a message that has
 * failed often enough is to be laid aside with its reason instead of being tried once more.
 */
@ApplicationScoped
public class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /**
     * While the database is away a delivery lasts this long, so that the broker's few attempts last. A transaction may take
     * longer.
     */
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(60);

    @Inject
    private FailedTries failed;

    @Inject
    private StoreWatch database;

    /** Longest body taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.jms.max-body-bytes", defaultValue = "10485760")
    private int limit;

    /** Tries of a message; the broker delivers it once more, to be laid aside. */
    @Inject
    @ConfigProperty(name = "pawl.broker.delivery.attempts", defaultValue = "10")
    private int tries;

    /** Does what a message asks for and sends what follows from it. */
    @FunctionalInterface
    interface Settlement {
        void run() throws JMSException;
    }

    /** Settles a message, or sees to it that it comes again. */
    void settle(Message message, MessageDrivenContext context, Settlement settlement) {
        String id = id(message);
        try {
            settlement.run();
            failed.succeeded(id);
        } catch (StoreUnavailableException e) {
            LOG.debug("Message {} comes again", id, e);
            context.setRollbackOnly();
            database.awaitBack(LONGEST_OUTAGE);
        } catch (JMSException e) {
            failed.failed(id, e);
            throw new BrokerFailedException("Message " + id + " could not be settled", e);
        } catch (RuntimeException e) {
            failed.failed(id, e);
            throw e;
        }
    }

    /** Why the message is to be laid aside, when its tries are used up. */
    Optional<String> spent(Message message) throws JMSException {
        return message.getIntProperty(MessageProperties.DELIVERY_COUNT) > tries
                ? Optional.of(failed.giveUp(id(message), tries))
                : Optional.empty();
    }

    /** @throws dev.pawl.engine.command.RefusedException when the message has no text, or more of it than the server takes */
    String text(Message message) throws JMSException {
        return MessageText.of(message, limit);
    }

    private static String id(Message message) {
        try {
            return message.getJMSMessageID();
        } catch (JMSException e) {
            return "(unknown)";
        }
    }
}
