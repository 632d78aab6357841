package dev.pawl.acceptance.outage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL is stopped under load for longer than leases last, and started again. */
class DatabaseAwayIT {

    private static final Path FOLDER = Path.of("target/acceptance/DatabaseAwayIT");
    private static final Duration AWAY = Duration.ofSeconds(45);
    private static final int LONG = 6;
    private static final int LETTERS = 5;
    private static final int MOST_RECORDS = 200;

    @Test
    @Tag("J-04")
    void whileTheDatabaseIsAwayWorkWaitsForItAndNothingIsLost() throws Exception {
        try (PostgresServer postgres = PostgresServer.start(FOLDER.resolve("postgres"))) {
            PostgresServer.Database database = postgres.createDatabase("pawl");
            ServerPlan plan =
                    LibertyServer.in(FOLDER.resolve("server")).on(database).variable("pawl.worker.lease", "PT15S");
            try (OutageServer outage = OutageServer.start(plan, FOLDER);
                    Load load = new Load(outage, 4)) {
                stopAndStart(postgres, database, outage, load);
            }
        }
    }

    private static void stopAndStart(
            PostgresServer postgres, PostgresServer.Database database, OutageServer outage, Load load)
            throws Exception {
        List<String> lasting = IntStream.range(0, LONG)
                .mapToObj(i -> outage.startRun("away-long", "long-" + i))
                .toList();
        Await.until(
                "user code and load",
                OutageServer.PATIENCE,
                () -> beginnings(outage) == LONG && load.runs().size() > 20);
        int before = outage.log().size();

        LocalDateTime stopped = LocalDateTime.now(ZoneOffset.UTC);
        postgres.stop();
        long away = System.nanoTime();
        Await.until("not ready", OutageServer.PATIENCE, () -> readiness(outage) == 503);
        for (int i = 0; i < LETTERS; i++) {
            sendLetter(outage, i);
        }
        Await.until(
                "some time to pass",
                AWAY.plusSeconds(10),
                () -> System.nanoTime() - away > AWAY.toNanos() && readiness(outage) == 503);
        LocalDateTime restarted = LocalDateTime.now(ZoneOffset.UTC);
        postgres.restart();
        Await.until("ready again", OutageServer.PATIENCE, () -> readiness(outage) == 200);

        int accepted = load.runs().size();
        Await.until("load again", OutageServer.PATIENCE, () -> load.runs().size() > accepted + 20);
        load.stop();
        IntStream.range(0, LONG).forEach(i -> outage.open("long-" + i));
        for (String run : lasting) {
            awaitAllOfItsLines(outage, outage.awaitCompleted(run));
        }
        for (String run : load.runs().values()) {
            outage.awaitCompleted(run);
        }
        Await.until("the commands sent meanwhile", OutageServer.PATIENCE, () -> letters(outage) == LETTERS);
        Await.until("all events to be relayed", OutageServer.PATIENCE, () -> database.query(
                        "select 1 from pawl_outbox union all select 1 from pawl_outbox_late")
                .isEmpty());
        Await.until("no branch to be left in doubt", OutageServer.PATIENCE, () -> database.preparedTransactions()
                .isEmpty());

        assertThat(database.query("select id from pawl_run where status <> 'COMPLETED'"))
                .isEmpty();
        assertThat(database.query("select run_id from pawl_step where attempt <> 1"))
                .as("no attempt was lost")
                .isEmpty();
        assertThat(beginnings(outage)).as("lasting code went on").isEqualTo(LONG);
        System.out.println("refusals by status: " + load.refusals());
        List<LogRecord> records = outage.log();
        List<LogRecord> since = records.subList(before, records.size());
        assertThat(since)
                .filteredOn(record -> record.source().startsWith("dev.pawl"))
                // of a commit whose answer was lost
                .filteredOn(record -> !record.text()
                        .matches("(?s)The result of step .* was discarded.*"
                                + "|Steps leased to this worker that it does not execute are handed back.*"))
                .extracting(LogRecord::text)
                .satisfiesExactly(
                        text -> assertThat(text)
                                .matches("The database is away; what needs it is repeated until it is back: \\S.+"),
                        text -> assertThat(text).contains("The database is back"));
        assertThat(since)
                .as("what the container says when connections break off")
                .hasSizeLessThan(MOST_RECORDS)
                .noneMatch(record -> record.text().contains("CNTR0020E"));
        assertThat(since)
                .filteredOn(record -> record.at().isAfter(stopped.plusSeconds(10))
                        && record.at().isBefore(restarted))
                // of a transaction that was cut off in two phases the container tries the end again every few seconds
                .filteredOn(record -> !record.text().matches("(?s)WTRN004[89]W.*"))
                .as("while it lasts")
                .hasSizeLessThan(10);
    }

    private static int readiness(OutageServer outage) {
        return outage.http().get("/health/ready").status();
    }

    private static long beginnings(OutageServer outage) {
        return outage.journal().stream()
                .filter(line -> line.endsWith(" begins"))
                .count();
    }

    private static void sendLetter(OutageServer outage, int number) {
        try (JmsClient jms = outage.server().jms()) {
            jms.send(
                    "commands",
                    "{\"type\":\"run.create\",\"workflowId\":\"away-line\",\"input\":{\"name\":\"letter-" + number
                            + "\"},\"correlationId\":\"letter-" + number + "\"}",
                    Map.of("idempotencyKey", "letter-" + number));
        }
    }

    private static int letters(OutageServer outage) {
        int completed = 0;
        for (int i = 0; i < LETTERS; i++) {
            completed += outage.http()
                    .get("/api/runs?status=COMPLETED&correlationId=letter-" + i)
                    .json()
                    .path("items")
                    .size();
        }
        return completed;
    }

    /** Lines that could not be written are written soon after the database is back. */
    private static void awaitAllOfItsLines(OutageServer outage, JsonNode run) {
        List<String> expected = IntStream.range(0, run.at("/output/ticks").asInt())
                .mapToObj(i -> "tick " + i)
                .toList();
        assertThat(expected).hasSizeGreaterThan(10);
        Await.until("every line of its log", OutageServer.PATIENCE, () -> lines(
                        outage, run.path("id").asText())
                .containsAll(expected));
    }

    private static Set<String> lines(OutageServer outage, String run) {
        Set<String> messages = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = outage.http()
                    .get("/api/runs/" + run + "/logs?limit=200" + cursor)
                    .json();
            page.path("items").forEach(line -> messages.add(line.path("message").asText()));
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return messages;
    }
}
