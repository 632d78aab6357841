package dev.pawl.acceptance.crash;

import java.util.Map;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapper;
import org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapperFactory;

/** Puts the windows around every XA resource the adapter hands out, of connections and of consumers. */
public final class CrashingBrokerResources implements ActiveMQXAResourceWrapperFactory {

    @Override
    public ActiveMQXAResourceWrapper wrap(XAResource real, Map<String, Object> properties) {
        return new CrashingBrokerResource(real);
    }

    private static final class CrashingBrokerResource extends CrashingResource implements ActiveMQXAResourceWrapper {

        CrashingBrokerResource(XAResource real) {
            super(Window.Participant.BROKER, real);
        }
    }
}
