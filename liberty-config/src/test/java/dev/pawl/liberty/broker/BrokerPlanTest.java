package dev.pawl.liberty.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

class BrokerPlanTest {

    private static final Path SHIPPED = Path.of("src/main/liberty/config/artemis/broker.xml");

    /** The values are the defaults of server.xml. */
    private final BrokerPlan defaults = new BrokerPlan(
            Path.of("data"),
            Optional.of(new BrokerPlan.TcpDoor("127.0.0.1", 61616)),
            List.of("commands", "jobs", "events.in"),
            List.of("events"),
            new RedeliveryPolicy(10, Duration.ofMillis(500), 2, Duration.ofSeconds(60)),
            Duration.ofNanos(100_000));

    @Test
    void theShippedFileForAnExternalBrokerSaysTheSame() throws Exception {
        Configuration inCode = defaults.toConfiguration();
        Configuration inFile = shipped();

        assertThat(addresses(inFile)).isEqualTo(addresses(inCode));
        for (String address : addresses(inCode).keySet()) {
            assertThat(settings(inFile, address)).as(address).isEqualTo(settings(inCode, address));
        }
        assertThat(inFile.getJournalBufferTimeout_NIO()).isEqualTo(inCode.getJournalBufferTimeout_NIO());
        assertThat(inFile.getJournalPoolFiles()).isEqualTo(inCode.getJournalPoolFiles());
        assertThat(inFile.getJournalType()).isEqualTo(inCode.getJournalType());
    }

    @Test
    void aBrokerWithoutADoorListensToItsOwnProcessOnly() throws Exception {
        BrokerPlan closed = new BrokerPlan(
                Path.of("data"),
                Optional.empty(),
                defaults.queues(),
                defaults.topics(),
                defaults.redelivery(),
                defaults.journalBufferTimeout());

        assertThat(closed.toConfiguration().getAcceptorConfigurations())
                .allSatisfy(acceptor -> assertThat(acceptor.getName()).isEqualTo("in-vm"));
    }

    private static Configuration shipped() throws Exception {
        try (var file = java.nio.file.Files.newInputStream(SHIPPED)) {
            return new FileConfigurationParser().parseMainConfig(file);
        }
    }

    private static Map<String, String> addresses(Configuration configuration) {
        Map<String, String> all = new TreeMap<>();
        for (CoreAddressConfiguration address : configuration.getAddressConfigurations()) {
            all.put(
                    address.getName(),
                    address.getRoutingTypes() + " "
                            + address.getQueueConfigs().stream()
                                    .map(queue -> queue.getName().toString())
                                    .toList());
        }
        return all;
    }

    /** What holds for an address once the general settings are merged in. */
    private static String settings(Configuration configuration, String address) {
        AddressSettings own =
                new AddressSettings(configuration.getAddressSettings().getOrDefault(address, new AddressSettings()));
        own.merge(configuration.getAddressSettings().get("#"));
        return String.join(
                " ",
                own.getMaxDeliveryAttempts() + "",
                own.getRedeliveryDelay() + "",
                own.getRedeliveryMultiplier() + "",
                own.getMaxRedeliveryDelay() + "",
                own.getDeadLetterAddress() + "",
                own.getExpiryAddress() + "",
                own.getDefaultAddressRoutingType() + "",
                own.getDefaultQueueRoutingType() + "",
                own.isAutoDeleteQueues() + "",
                own.isAutoDeleteAddresses() + "");
    }
}
