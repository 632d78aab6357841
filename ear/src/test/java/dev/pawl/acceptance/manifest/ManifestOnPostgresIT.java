package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two servers on one PostgreSQL: one knows its callers by tokens, the other one by the development registry. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManifestOnPostgresIT {

    private static final int WRITERS = 8;
    private static final int COUNTERS = 5;

    private static PostgresServer postgres;
    private static PostgresServer.Database database;
    private static LibertyServer one;
    private static LibertyServer two;

    private static final TokenIssuer ISSUER = new TokenIssuer();
    private static GateFolder gates;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Path.of("target/acceptance/ManifestOnPostgresIT");
        gates = GateFolder.emptied(folder.resolve("gates"));
        postgres = PostgresServer.start(folder);
        database = postgres.createDatabase("manifest");
        Path key = ISSUER.publish(folder.resolve("issuer.pem").toAbsolutePath());
        one = plan(folder, "one")
                .variable("pawl.manifest.max-steps", "2000")
                .variable("pawl.security", "jwt")
                .variable("pawl.jwt.issuer", TokenIssuer.NAME)
                .variable("pawl.jwt.audience", TokenIssuer.AUDIENCE)
                .variable("pawl.jwt.keys", key.toUri().toString())
                .build()
                .launch();
        two = plan(folder, "two").variable("pawl.security", "dev").build().launch();
        one.awaitReady();
        two.awaitReady();
    }

    private static ServerPlan plan(Path folder, String name) {
        return LibertyServer.in(folder.resolve(name))
                .on(database)
                .applicationLibrary(Probes.library(folder.resolve(name + "-probes")))
                .jvmOptions(gates.jvmOption());
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        postgres.close();
    }

    private static EntityApi on(LibertyServer server) {
        return EntityApi.of(server.http());
    }

    private static String newCounter() {
        String id = UUID.randomUUID().toString();
        assertThat(on(two).create("Counter", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(201);
        return id;
    }

    @Test
    @Order(1)
    @Tag("M-16")
    void whatIsDeployedOnOneServerRunsOnTheOther() {
        assertThat(on(one).deploy("counter", EntityApi.COUNTER).status()).isEqualTo(201);
        Await.until(
                "the other server to know the program",
                Duration.ofSeconds(5),
                () -> on(two).create("Counter", "{}").status() == 201);

        String changed = EntityApi.COUNTER.replace("= 0", "= 0\n  computed doubled = self.value * 2");
        assertThat(on(two).deploy("counter", changed).json().path("version").asInt())
                .isEqualTo(2);
        String id = newCounter();
        Await.until("the first server to know the second version", Duration.ofSeconds(5), () -> on(one).instance(
                        "Counter", id)
                .has("doubled"));
    }

    @Test
    @Order(2)
    @Tag("M-12")
    @Tag("K-27")
    void eightParallelIncrementsOnTwoServersLoseNoUpdateInAHundredRounds() throws Exception {
        EntityApi first = on(one);
        EntityApi second = on(two);
        for (int round = 0; round < 100; round++) {
            String id = newCounter();
            List<Callable<Reply>> increments = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                EntityApi server = i % 2 == 0 ? first : second;
                increments.add(() -> server.run("Counter", id, "increment", "{}"));
            }
            List<Reply> replies = EntityApi.together(increments);

            assertThat(replies).allMatch(reply -> reply.status() == 200);
            assertThat(second.instance("Counter", id).path("value").asInt()).isEqualTo(WRITERS);
        }
    }

    @Test
    @Order(3)
    @Tag("M-05")
    void aCommandIsAtMostSixStatementsAndOneCommit() {
        String id = newCounter();
        int commands = 20;
        database.query("select pg_stat_statements_reset()");
        for (int i = 0; i < commands; i++) {
            Reply reply = on(one).run(
                            "Counter",
                            id,
                            "increment",
                            "{}",
                            Map.of("Idempotency-Key", UUID.randomUUID().toString()));
            assertThat(reply.status()).isEqualTo(200);
        }
        int statements = Integer.parseInt(database.query("select coalesce(sum(calls), 0) from pg_stat_statements"
                        + " where dbid = (select oid from pg_database where datname = current_database())"
                        + " and (query like '%pawl_instance%' or query like '%pawl_reserve_key%'"
                        + " or query like '%update pawl_idempotency%' or query like '%insert into pawl_entity_event%')"
                        + " and query not like '%pg_stat_statements%'")
                .get(0));
        assertThat(statements).isEqualTo(5 * commands);
        assertThat(database.query("select query from pg_stat_statements where query ilike 'savepoint%'"))
                .isEmpty();
    }

    @Test
    @Order(3)
    @Tag("M-05")
    void aCommandRefusedAfterItWroteLeavesNothing() {
        try (JmsClient jms = two.jms()) {
            on(two).assertUndoneCommandLeavesNothing(jms);
        }
    }

    @Test
    @Order(3)
    @Tag("M-05")
    @Tag("M-15")
    @Tag("M-17")
    void everyResultOfThePublishedSuiteIsTheSameHere() {
        PublishedResults.assertAll("PostgreSQL", PublishedSuite.require(), on(one), ISSUER);
    }

    @Test
    @Order(3)
    @Tag("M-13")
    void theLimitOfStepsIsASettingOfTheServer() {
        assertThat(on(two).deploy("series", EvaluationLimitsIT.SERIES).status()).isEqualTo(201);
        String id = EvaluationLimitsIT.series(on(two), 1_000);

        EvaluationLimitsIT.assertExceeded(
                on(one).run("Series", id, "add", "{}").json(), "Evaluation budget exceeded: steps limit 2000 reached");

        Reply within = on(two).run("Series", id, "add", "{}");
        assertThat(within.status()).as(within.text()).isEqualTo(200);
    }

    @Test
    @Order(3)
    @Tag("M-08")
    @Tag("J-07")
    void usersOfTheRegistryHaveTheirGroupsAsRolesAndTheirTenant() {
        EntityApi nobody = on(two);
        String id = UUID.randomUUID().toString();
        assertThat(nobody.create("InventoryItem", "{\"onHand\":1,\"id\":\"" + id + "\"}")
                        .status())
                .isEqualTo(201);
        String input = "{\"quantity\":2,\"$overrides\":[{\"constraintCode\":\"stockOut\",\"reason\":\"counted\"}]}";

        assertThat(nobody.run("InventoryItem", id, "consume", input).status()).isEqualTo(422);
        assertThat(nobody.as("carl").run("InventoryItem", id, "consume", input).status())
                .isEqualTo(422);
        assertThat(nobody.as("anna").get("/api/entities/InventoryItem/" + id).status())
                .as("of another tenant")
                .isEqualTo(404);
        Reply overridden = nobody.as("mia").run("InventoryItem", id, "consume", input);

        assertThat(overridden.status()).as(overridden.text()).isEqualTo(200);
        assertThat(nobody.history("InventoryItem", id)
                        .get(0)
                        .at("/payload/authorizedBy")
                        .asText())
                .isEqualTo("mia");
    }

    /** A writer's command: it is sent until somebody answers it, always with the same key. */
    private record Sent(String counter, String key) {}

    @Test
    @Order(4)
    @Tag("M-05")
    @Tag("K-04")
    @Tag("K-22")
    @Tag("M-17")
    void killedDuringCommandsStateLogAndOutboxAgreeForEveryInstance() throws Exception {
        List<String> counters =
                IntStream.range(0, COUNTERS).mapToObj(i -> newCounter()).toList();
        AtomicInteger acknowledged = new AtomicInteger();
        ProgramsUnderFire programs = new ProgramsUnderFire(
                on(one), on(one).with(ISSUER.token("mia", List.of("manager"))), on(two), on(two).as("mia"), gates);
        programs.begin();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Sent> sent = new ArrayList<>();
        try {
            List<Future<List<Sent>>> written = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int offset = writer;
                written.add(writers.submit(() -> writeUntilTheServerIsGone(counters, offset, acknowledged)));
            }
            Await.until(
                    "commands to be under way",
                    Duration.ofSeconds(60),
                    () -> acknowledged.get() > 200 && programs.isUnderWay());
            one.kill9();
            for (Future<List<Sent>> commands : written) {
                sent.addAll(commands.get());
            }
        } finally {
            writers.shutdownNow();
        }
        one.start();
        for (Sent command : sent) {
            assertThat(increment(two, command).status()).isEqualTo(200);
        }

        for (String counter : counters) {
            long commands = sent.stream()
                    .filter(command -> command.counter().equals(counter))
                    .count();
            Reply read = on(two).get("/api/entities/Counter/" + counter);
            assertThat(read.json().path("value").asLong())
                    .as("each command once, whatever became of its first try")
                    .isEqualTo(commands);
            assertThat(read.header("ETag")).isEqualTo("\"" + (commands + 1) + "\"");
            assertHistory(counter, commands);
        }
        programs.assertNothingLostAndNothingTwice(database);
        assertThat(
                        database.query(
                                "select count(*) from pawl_outbox o, unnest(o.positions) as p(position)"
                                        + " where not exists (select 1 from pawl_entity_event e where o.feed = 'e' and e.position = p.position)"
                                        + " and not exists (select 1 from pawl_event_chunk c where o.feed = 'r' and c.position = p.position)"))
                .containsExactly("0");
        Await.until("everything to be relayed", Duration.ofSeconds(60), () -> database.query(
                        "select count(*) from pawl_outbox")
                .equals(List.of("0")));
        assertThat(database.query("select count(*) from pawl_dead_letter")).containsExactly("0");
    }

    private static List<Sent> writeUntilTheServerIsGone(List<String> counters, int offset, AtomicInteger acknowledged) {
        List<Sent> sent = new ArrayList<>();
        while (true) {
            Sent command = new Sent(
                    counters.get((offset + sent.size()) % counters.size()),
                    UUID.randomUUID().toString());
            sent.add(command);
            try {
                assertThat(increment(one, command).status()).isEqualTo(200);
                acknowledged.incrementAndGet();
            } catch (UncheckedIOException gone) {
                return sent;
            }
        }
    }

    private static Reply increment(LibertyServer server, Sent command) {
        return on(server)
                .run("Counter", command.counter(), "increment", "{}", Map.of("Idempotency-Key", command.key()));
    }

    private static void assertHistory(String counter, long commands) {
        List<String> values = database.query(
                "select payload from pawl_entity_event where instance_id = '" + counter + "' order by sequence");
        assertThat(values).hasSize((int) commands);
        for (int i = 0; i < commands; i++) {
            assertThat(values.get(i)).isEqualTo("{\"value\":" + (i + 1) + "}");
        }
        List<JsonNode> log = on(two).history("Counter", counter);
        assertThat(log).hasSize((int) Math.min(commands, 1_000));
        assertThat(log.get(log.size() - 1).path("sequence").asLong()).isEqualTo(log.size());
    }
}
