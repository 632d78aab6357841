package dev.pawl.liberty.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * What the embedded broker is made of: its journal, its doors and its addresses. The file
 * {@code artemis/broker.xml} of the server configuration says the same for a broker in its own process;
 * a test keeps the two alike.
 *
 * @param directory where the journal lives; it must outlive the process
 * @param tcpDoor address other processes may connect to, if any
 * @param queues addresses of which each message goes to one consumer
 * @param topics addresses of which each message goes to every subscriber
 * @param redelivery what happens to a message whose consumer fails
 * @param journalBufferTimeout how long a write waits for company before it is forced to disk; it bounds
 *     the latency of a send from below
 */
public record BrokerPlan(
        Path directory,
        Optional<TcpDoor> tcpDoor,
        List<String> queues,
        List<String> topics,
        RedeliveryPolicy redelivery,
        Duration journalBufferTimeout) {

    /** Where a queue's messages go once their tries are used up: the queue's name and this. */
    public static final String DEAD_SUFFIX = ".dead";

    /** Where messages of any other address go, replies to a caller that is gone among them. */
    public static final String DEAD = "dead";

    /** Where messages go whose time to live is over. */
    public static final String EXPIRED = "expired";

    /** Name of the acceptor for other processes. */
    static final String DOOR = "tcp";

    /** Number of the broker inside its process; connections of the adapter name it. */
    static final int IN_VM_ID = 0;

    public BrokerPlan {
        queues = List.copyOf(queues);
        topics = List.copyOf(topics);
    }

    /**
     * @param host interface to listen on
     * @param port port to listen on
     */
    public record TcpDoor(String host, int port) {}

    /** The same plan in the broker's own words. */
    public Configuration toConfiguration() throws Exception {
        Configuration configuration = new ConfigurationImpl();
        configuration
                .setName("pawl")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalPoolFiles(10)
                .setJournalBufferTimeout_NIO(Math.toIntExact(journalBufferTimeout.toNanos()))
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setNodeManagerLockDirectory(directory.resolve("lock").toString())
                // Who may open the doors is decided by the interface they listen on.
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(true)
                .setMaxDiskUsage(95)
                .addAcceptorConfiguration("in-vm", "vm://" + IN_VM_ID);
        if (tcpDoor.isPresent()) {
            TcpDoor door = tcpDoor.get();
            configuration.addAcceptorConfiguration(
                    DOOR, "tcp://" + door.host() + ":" + door.port() + "?protocols=CORE");
        }
        addAddresses(configuration);
        return configuration;
    }

    private void addAddresses(Configuration configuration) {
        configuration.addAddressSetting("#", commonSettings());
        for (String queue : queues) {
            addQueue(configuration, queue);
            addQueue(configuration, queue + DEAD_SUFFIX);
            configuration.addAddressSetting(
                    queue, commonSettings().setDeadLetterAddress(SimpleString.of(queue + DEAD_SUFFIX)));
        }
        for (String topic : topics) {
            configuration.addAddressConfiguration(
                    new CoreAddressConfiguration().setName(topic).addRoutingType(RoutingType.MULTICAST));
            addQueue(configuration, topic + DEAD_SUFFIX);
            configuration.addAddressSetting(
                    topic,
                    commonSettings()
                            .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                            .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                            .setDeadLetterAddress(SimpleString.of(topic + DEAD_SUFFIX)));
        }
        addQueue(configuration, DEAD);
        addQueue(configuration, EXPIRED);
    }

    /** Replies go to queues that callers name, so unknown addresses are made on demand, as queues. */
    private AddressSettings commonSettings() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                // once more than it is tried: so that who tried can lay it aside and say why
                .setMaxDeliveryAttempts(redelivery.maxAttempts() + 1)
                .setRedeliveryDelay(redelivery.firstDelay().toMillis())
                .setRedeliveryMultiplier(redelivery.multiplier())
                .setMaxRedeliveryDelay(redelivery.longestDelay().toMillis())
                .setDeadLetterAddress(SimpleString.of(DEAD))
                .setExpiryAddress(SimpleString.of(EXPIRED))
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }

    private static void addQueue(Configuration configuration, String name) {
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(QueueConfiguration.of(name).setAddress(name).setRoutingType(RoutingType.ANYCAST)));
    }
}
