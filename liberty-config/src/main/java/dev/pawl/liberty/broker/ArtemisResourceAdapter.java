package dev.pawl.liberty.broker;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.apache.activemq.artemis.service.extensions.xa.recovery.ActiveMQXAResourceWrapper;
import org.apache.activemq.artemis.service.extensions.xa.recovery.XARecoveryConfig;
import org.jspecify.annotations.Nullable;

/**
 * The Artemis resource adapter of the server. Beyond its parent it can run the broker inside the server
 * process, and it hands the transaction manager an XA resource for recovery.
 *
 * <p>The setters are the configuration properties of {@code ra.xml}; {@code server.xml} fills them.
 */
public final class ArtemisResourceAdapter extends ActiveMQResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(ArtemisResourceAdapter.class.getName());

    /** How long a message outside any transaction may wait for others; the end of a transaction sends what waits. */
    private static final int MOST_DELAY_MILLIS = 50;

    private boolean embedded = true;
    private String dataDirectory = "";
    private String acceptorHost = "127.0.0.1";
    private int acceptorPort;
    private String queues = "";
    private String topics = "";
    private int maxDeliveryAttempts = 10;
    private long redeliveryDelayMillis = 1000;
    private double redeliveryMultiplier = 2;
    private long maxRedeliveryDelayMillis = 60_000;
    private int journalBufferTimeoutNanos = 100_000;

    private transient @Nullable EmbeddedBroker broker;
    private transient @Nullable ActiveMQXAResourceWrapper recovery;

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        if (embedded) {
            startBroker();
        }
        super.start(context);
    }

    /**
     * Messages within a transaction are sent together through the door. Inside the process each is handed over to other
     * threads by itself, and waking those takes several times as long as the message.
     */
    private void connectThroughDoor(int port) {
        setConnectorClassName(NettyConnectorFactory.class.getName());
        setConnectionParameters(
                "host=" + reachable(acceptorHost) + ";port=" + port + ";batchDelay=" + MOST_DELAY_MILLIS);
    }

    private static String reachable(String listening) {
        return listening.equals("0.0.0.0") ? "127.0.0.1" : listening;
    }

    private void startBroker() throws ResourceAdapterInternalException {
        try {
            EmbeddedBroker started = EmbeddedBroker.start(plan());
            broker = started;
            started.doorPort().ifPresent(this::connectThroughDoor);
        } catch (Exception e) {
            throw new ResourceAdapterInternalException("the embedded broker does not start on " + dataDirectory, e);
        }
    }

    private BrokerPlan plan() {
        if (dataDirectory.isBlank()) {
            throw new IllegalStateException("an embedded broker needs the property dataDirectory");
        }
        return new BrokerPlan(
                Path.of(dataDirectory),
                acceptorPort > 0 ? Optional.of(new BrokerPlan.TcpDoor(acceptorHost, acceptorPort)) : Optional.empty(),
                names(queues),
                names(topics),
                new RedeliveryPolicy(
                        maxDeliveryAttempts,
                        Duration.ofMillis(redeliveryDelayMillis),
                        redeliveryMultiplier,
                        Duration.ofMillis(maxRedeliveryDelayMillis)),
                Duration.ofNanos(journalBufferTimeoutNanos));
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public void stop() {
        ActiveMQXAResourceWrapper open;
        synchronized (this) {
            open = recovery;
            recovery = null;
        }
        if (open != null) {
            open.close();
        }
        super.stop();
        EmbeddedBroker running = broker;
        broker = null;
        if (running != null) {
            try {
                running.stop();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "the embedded broker did not stop cleanly; its journal stays usable", e);
            }
        }
    }

    /**
     * One XA resource that reconnects by itself. The parent answers {@code null} or leaves the session to
     * a recovery manager that this server does not have; the server asks with an activation spec of its
     * own making and takes one resource for each.
     */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        XAResource[] resources = new XAResource[specs.length];
        Arrays.fill(resources, recoveryResource());
        return resources;
    }

    private synchronized XAResource recoveryResource() {
        ActiveMQXAResourceWrapper resource = recovery;
        if (resource == null) {
            ActiveMQConnectionFactory factory = createRecoveryActiveMQConnectionFactory(getProperties());
            resource = new ActiveMQXAResourceWrapper(
                    XARecoveryConfig.newConfig(factory, getUserName(), getPassword(), null));
            recovery = resource;
        }
        return resource;
    }

    public void setEmbedded(Boolean embedded) {
        this.embedded = embedded;
    }

    public void setDataDirectory(String dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    public void setAcceptorHost(String acceptorHost) {
        this.acceptorHost = acceptorHost;
    }

    public void setAcceptorPort(Integer acceptorPort) {
        this.acceptorPort = acceptorPort;
    }

    public void setQueues(String queues) {
        this.queues = queues;
    }

    public void setTopics(String topics) {
        this.topics = topics;
    }

    public void setMaxDeliveryAttempts(Integer maxDeliveryAttempts) {
        this.maxDeliveryAttempts = maxDeliveryAttempts;
    }

    public void setRedeliveryDelayMillis(Long redeliveryDelayMillis) {
        this.redeliveryDelayMillis = redeliveryDelayMillis;
    }

    public void setRedeliveryMultiplier(Double redeliveryMultiplier) {
        this.redeliveryMultiplier = redeliveryMultiplier;
    }

    public void setMaxRedeliveryDelayMillis(Long maxRedeliveryDelayMillis) {
        this.maxRedeliveryDelayMillis = maxRedeliveryDelayMillis;
    }

    public void setJournalBufferTimeoutNanos(Integer journalBufferTimeoutNanos) {
        this.journalBufferTimeoutNanos = journalBufferTimeoutNanos;
    }
}
