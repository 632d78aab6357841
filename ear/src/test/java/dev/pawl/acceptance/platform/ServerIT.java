package dev.pawl.acceptance.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server promises by itself, with the embedded database and broker. */
class ServerIT {

    private static final Path FOLDER = Path.of("target/acceptance/ServerIT");

    private static LibertyServer server;

    @BeforeAll
    static void startServer() {
        server = ProbeApplication.addTo(LibertyServer.in(FOLDER.resolve("server")), FOLDER)
                .variable("pawl.jms.events.in", "incoming")
                .variable("pawl.broker.delivery.attempts", "3")
                .variable("pawl.broker.redelivery.millis", "10")
                .build()
                .start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void aRefusedMessageIsTriedAsOftenAsTheVariableSaysThenLiesInTheDeadLetters() throws Exception {
        try (JmsClient jms = server.jms()) {
            jms.send("incoming", "nobody wants me", Map.of());

            Optional<Message> dead = jms.receive("incoming.dead", Duration.ofSeconds(20));

            assertThat(dead).isPresent();
            assertThat(dead.get().getBody(String.class)).isEqualTo("nobody wants me");
            assertThat(dead.get().getStringProperty("_AMQ_ORIG_ADDRESS")).isEqualTo("incoming");
        }
    }

    @Test
    void whatWasCommittedBeforeAKillIsThereAfterIt() {
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "kept-" + i).toList();
        names.forEach(name ->
                assertThat(ProbeApplication.transfer(server, name)).as(name).isEqualTo(200));
        server.kill9();
        server.start();

        assertThat(ProbeApplication.query(server, "SELECT name FROM probe")).containsAll(names);
        try (JmsClient jms = server.jms()) {
            assertThat(jms.browse(ProbeApplication.QUEUE)).containsAll(names);
        }
    }

    @Test
    void theServerListensOnTheLoopbackAddressOnly() {
        assertThat(server.logged("CWWKO0219I")).isNotEmpty().allSatisfy(line -> assertThat(line)
                .contains("127.0.0.1"));
        assertThat(server.logged("AMQ221020")).isNotEmpty().allSatisfy(line -> assertThat(line)
                .contains("127.0.0.1"));
    }

    @Test
    void anIdleServerLeavesSoonAfterItIsAskedTo() {
        Duration taken = server.terminate();
        server.start();

        assertThat(taken).isLessThan(Duration.ofSeconds(30));
    }
}
