package dev.pawl.jms.event;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQConnectionTimedOutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIOErrorException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("K-23")
class BlameTest {

    static Stream<JMSException> ofTheBroker() {
        return Stream.of(
                new JMSSecurityException("no"),
                new InvalidDestinationException("gone"),
                new ResourceAllocationException("full"),
                of(new ActiveMQAddressFullException("full")),
                of(new ActiveMQNotConnectedException("away")),
                of(new ActiveMQConnectionTimedOutException("slow")));
    }

    static Stream<JMSException> ofTheMessage() {
        return Stream.of(
                new MessageFormatException("odd"),
                new JMSException("whatever"),
                of(new ActiveMQIOErrorException("larger than the largest record")));
    }

    /** As the client makes it. */
    private static JMSException of(ActiveMQException cause) {
        return JMSExceptionHelper.convertFromActiveMQException(cause);
    }

    @ParameterizedTest
    @MethodSource("ofTheBroker")
    void aBrokerThatCannotBeReachedOrTakesNothingIsToBlame(JMSException failure) {
        assertThat(Blame.isOnBroker(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTheMessage")
    void anythingElseMayLieInTheMessage(JMSException failure) {
        assertThat(Blame.isOnBroker(failure)).isFalse();
    }
}
