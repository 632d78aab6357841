package dev.pawl.jms.event;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether the broker is to blame for a failure, whatever was sent, or the message. */
final class Blame {

    /** Artemis says the rest by causes of its own, which are not among the classes here. */
    private static final Set<String> CAUSES = Set.of(
            "ActiveMQAddressDoesNotExistException",
            "ActiveMQAddressFullException",
            "ActiveMQConnectionTimedOutException",
            "ActiveMQDisconnectedException",
            "ActiveMQNonExistentQueueException",
            "ActiveMQNotConnectedException",
            "ActiveMQObjectClosedException",
            "ActiveMQSecurityException",
            "ActiveMQSessionCreationException",
            "ActiveMQShutdownException");

    private Blame() {}

    static boolean isOnBroker(JMSException failure) {
        if (failure instanceof JMSSecurityException
                || failure instanceof InvalidDestinationException
                || failure instanceof ResourceAllocationException
                || failure instanceof IllegalStateException) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (CAUSES.contains(cause.getClass().getSimpleName())) {
                return true;
            }
        }
        return false;
    }
}
