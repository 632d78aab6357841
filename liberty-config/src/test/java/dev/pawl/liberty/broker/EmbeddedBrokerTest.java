package dev.pawl.liberty.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String HOST = "127.0.0.1";

    @TempDir
    Path folder;

    private BrokerPlan plan(Optional<BrokerPlan.TcpDoor> door) {
        return new BrokerPlan(
                folder.resolve("broker"),
                door,
                List.of("commands"),
                List.of("events"),
                new RedeliveryPolicy(10, Duration.ofSeconds(1), 2, Duration.ofMinutes(1)),
                Duration.ofNanos(100_000));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void itsDoorIsWhereThePlanSays() throws Exception {
        int port = freePort();
        EmbeddedBroker broker = EmbeddedBroker.start(plan(Optional.of(new BrokerPlan.TcpDoor(HOST, port))));
        try {
            assertThat(broker.doorPort()).hasValue(port);
        } finally {
            broker.stop();
        }
    }

    @Test
    void aPlanWithoutADoorHasNone() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(plan(Optional.empty()));
        try {
            assertThat(broker.doorPort()).isEmpty();
        } finally {
            broker.stop();
        }
    }
}
