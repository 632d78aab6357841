package dev.pawl.acceptance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.feature.durable.probe.KilledProbes;
import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Durable code whose server is killed again and again, whenever the load has come so and so far. */
class KilledDurableIT {

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    /** The profile {@code thorough} asks for more. */
    private static final int KILLS = Integer.getInteger("pawl.test.kills", 3);

    private static final int RUNS_EACH_TIME = 6;
    private static final int PLACES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What each run does outside of transactions. */
    private static final List<String> EFFECTS =
            List.of("open", "left", "right", "send-0", "send-1", "send-2", "book", "undo");

    private final long seed = System.nanoTime();
    private final Path folder = Path.of("target/acceptance/KilledDurableIT");
    private final GateFolder gates = GateFolder.emptied(folder.resolve("gates"));
    private final Map<String, String> runs = new TreeMap<>();

    @Test
    @Tag("W-01")
    @Tag("W-02")
    @Tag("W-04")
    @Tag("W-05")
    @Tag("W-09")
    @Tag("W-12")
    @Tag("W-13")
    @Tag("K-29")
    void killedAgainAndAgainEveryRunDoesEachThingOnceOrUnderTheSameKey() {
        try (LibertyServer server = LibertyServer.in(folder.resolve("server"))
                .variable("pawl.worker.places", Integer.toString(PLACES))
                .variable("pawl.test.clock-movable", "true")
                .applicationLibrary(probes())
                .jvmOptions(gates.jvmOption())
                .build()
                .start()) {
            String sleeper = start(server.http(), "durable-sleeper", "sleeper");
            Random random = new Random(seed);
            for (int kill = 0; kill < KILLS; kill++) {
                load(server.http(), kill);
                int until = gates.journal().size() + 1 + random.nextInt(RUNS_EACH_TIME * EFFECTS.size());
                awaitProgress(until);
                server.kill9();
                server.start();
            }
            runs.keySet().stream().filter(name -> name.endsWith("late")).forEach(name -> publish(server.http(), name));
            runs.values().forEach(run -> assertCompleted(server, run));

            assertEffects();
            assertRows(server);
            assertChildren(server.http());
            assertAwakeAfterTwoYears(server, sleeper);
        }
    }

    private Path probes() {
        return Archive.empty()
                .addPackageOf(KilledProbes.class, "")
                .addPackageOf(Gates.class, "")
                .addText("META-INF/beans.xml", BEANS)
                .writeTo(folder.resolve("killed-probes.jar"));
    }

    /** Half of the runs find their event when they come to wait for it. */
    private void load(HttpApi http, int kill) {
        for (int i = 0; i < RUNS_EACH_TIME; i++) {
            String name = "killed-" + kill + "-" + i + (i % 2 == 0 ? "-early" : "-late");
            runs.put(name, start(http, "killed-load", name));
            if (i % 2 == 0) {
                publish(http, name);
            }
        }
    }

    /** The load may have come to its end before it got that far. */
    private void awaitProgress(int lines) {
        int[] before = {-1};
        int[] still = {0};
        Await.until("progress of the load", PATIENCE, () -> {
            int size = gates.journal().size();
            still[0] = size == before[0] ? still[0] + 1 : 0;
            before[0] = size;
            return size >= lines || still[0] > 20;
        });
    }

    private void assertCompleted(LibertyServer server, String run) {
        JsonNode view = ProbeServer.awaitStatus(server, run, "COMPLETED", PATIENCE);
        assertThat(view.path("output").asText()).as("seed " + seed).isEqualTo("shipped cash undone");
    }

    private void assertEffects() {
        Map<String, Set<String>> keys = new TreeMap<>();
        int effects = 0;
        for (String line : gates.journal()) {
            String[] parts = line.split(" ");
            keys.computeIfAbsent(parts[0] + " " + parts[1], what -> new TreeSet<>())
                    .add(parts[2]);
            effects++;
        }
        Set<String> expected = new TreeSet<>();
        runs.keySet().forEach(name -> {
            EFFECTS.forEach(effect -> expected.add(name + " " + effect));
            expected.add(name + "-child ship");
        });
        assertThat(keys.keySet()).as("seed " + seed).isEqualTo(expected);
        assertThat(keys).as("seed " + seed).allSatisfy((what, used) -> assertThat(used)
                .hasSize(1));
        assertThat(effects - expected.size())
                .as(
                        "steps that ran again because a kill came before their record: at most two branches a place and kill")
                .isLessThanOrEqualTo(2 * PLACES * KILLS);
    }

    private void assertRows(LibertyServer server) {
        HttpApi.Reply reply =
                server.http().post("/api/workflows/killed-rows/runs?wait=PT30S", Map.of("input", Map.of()));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<String> rows = new ArrayList<>();
        reply.json().path("output").forEach(row -> rows.add(row.asText()));
        List<String> expected = runs.keySet().stream()
                .flatMap(name -> Stream.of(name, name + "-child"))
                .sorted()
                .toList();
        assertThat(rows.stream().sorted()).as("seed " + seed).isEqualTo(expected);
    }

    private void assertChildren(HttpApi http) {
        Set<String> parents = new TreeSet<>();
        String cursor = "";
        int children = 0;
        do {
            JsonNode page = http.get("/api/runs?workflow=killed-child&limit=200" + cursor)
                    .json();
            for (JsonNode child : page.path("items")) {
                parents.add(child.path("parentRunId").asText());
                children++;
            }
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        assertThat(parents).isEqualTo(new TreeSet<>(runs.values()));
        assertThat(children).isEqualTo(runs.size());
    }

    private static void assertAwakeAfterTwoYears(LibertyServer server, String sleeper) {
        assertThat(server.http()
                        .get("/api/runs/" + sleeper)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("SUSPENDED");
        assertThat(server.http()
                        .post(
                                "/api/test/clock",
                                Map.of("advance", Duration.ofDays(731).toString()))
                        .status())
                .isEqualTo(200);
        assertThat(ProbeServer.awaitStatus(server, sleeper, "COMPLETED")
                        .path("output")
                        .asText())
                .isEqualTo("awake");
    }

    private static String start(HttpApi http, String workflow, String name) {
        return ProbeServer.start(http, workflow, Map.of("name", name));
    }

    private static void publish(HttpApi http, String name) {
        HttpApi.Reply reply = http.post(
                "/api/events",
                Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        name,
                        "source",
                        "/killed",
                        "type",
                        "killed.paid",
                        "subject",
                        name,
                        "data",
                        "cash"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    }
}
