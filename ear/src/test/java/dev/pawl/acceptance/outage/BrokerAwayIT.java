package dev.pawl.acceptance.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.ExternalBroker;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.ServerPlan;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An external broker is killed under load and started again. */
class BrokerAwayIT {

    private static final Path FOLDER = Path.of("target/acceptance/BrokerAwayIT");
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final String SUBSCRIPTION = "outage-test";
    private static final int EVENTS_OF_A_RUN = 9;
    private static final int MOST_RECORDS = 200;

    @Test
    @Tag("K-23")
    void whileTheBrokerIsAwayRunsGoOnAndTheirEventsArriveAfterwards() throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(FOLDER.resolve("broker"))) {
            subscribe(broker);
            ServerPlan plan = LibertyServer.in(FOLDER.resolve("server")).on(broker);
            try (OutageServer outage = OutageServer.start(plan, FOLDER);
                    Load load = new Load(outage, 2)) {
                killAndStart(broker, outage, load);
            }
        }
    }

    private static void killAndStart(ExternalBroker broker, OutageServer outage, Load load) throws Exception {
        Await.until("load", OutageServer.PATIENCE, () -> load.runs().size() > 20);
        int before = outage.log().size();

        broker.kill9();
        Await.until("not ready", OutageServer.PATIENCE, () -> readiness(outage) == 503);
        List<String> meanwhile = IntStream.range(0, 5)
                .mapToObj(i -> outage.startRun("away-line", "meanwhile-" + i))
                .toList();
        meanwhile.forEach(outage::awaitCompleted);
        long away = System.nanoTime();
        Await.until("some time to pass", AWAY.plusSeconds(10), () -> System.nanoTime() - away > AWAY.toNanos());
        broker.restart();
        Await.until("ready again", OutageServer.PATIENCE, () -> readiness(outage) == 200);
        load.stop();
        load.runs().values().forEach(outage::awaitCompleted);

        Map<String, Integer> events = new HashMap<>();
        int expected = EVENTS_OF_A_RUN * (load.runs().size() + meanwhile.size());
        read(broker, events, expected);
        assertThat(events).hasSize(expected);

        List<LogRecord> records = outage.log();
        List<LogRecord> since = records.subList(before, records.size());
        assertThat(since)
                .filteredOn(record -> record.source().startsWith("dev.pawl"))
                .extracting(LogRecord::text)
                .hasSizeLessThanOrEqualTo(6)
                .anyMatch(text -> text.contains("The sink of events is away"))
                .anyMatch(text -> text.contains("The sink of events is back"));
        assertThat(since).as("all of it").hasSizeLessThan(MOST_RECORDS).noneMatch(record -> record.text()
                .contains("CNTR0020E"));
    }

    private static int readiness(OutageServer outage) {
        return outage.http().get("/health/ready").status();
    }

    private static void subscribe(ExternalBroker broker) {
        try (JmsClient client = broker.client();
                JMSContext context = client.factory().createContext();
                JMSConsumer consumer =
                        context.createSharedDurableConsumer(context.createTopic("events"), SUBSCRIPTION)) {
            assertThat(consumer.receiveNoWait()).isNull();
        }
    }

    /** Counts events by their ids until there are as many as expected. */
    private static void read(ExternalBroker broker, Map<String, Integer> events, int expected) throws Exception {
        try (JmsClient client = broker.client();
                JMSContext context = client.factory().createContext();
                JMSConsumer consumer =
                        context.createSharedDurableConsumer(context.createTopic("events"), SUBSCRIPTION)) {
            Message next = consumer.receive(OutageServer.PATIENCE.toMillis());
            while (next != null && events.size() < expected) {
                events.merge(next.getStringProperty("ce_id"), 1, Integer::sum);
                next = events.size() < expected ? consumer.receive(OutageServer.PATIENCE.toMillis()) : null;
            }
        }
    }
}
