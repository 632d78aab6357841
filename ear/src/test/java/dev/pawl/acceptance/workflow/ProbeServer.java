package dev.pawl.acceptance.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The test's end of a server whose application holds the probe workflows. */
final class ProbeServer {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    private final GateFolder gates;

    private ProbeServer(GateFolder gates) {
        this.gates = gates;
    }

    /** Adds the probe workflows to the application of this plan. */
    static ProbeServer addTo(ServerPlan plan, Path folder) {
        GateFolder gates = GateFolder.emptied(folder.resolve("gates"));
        Path jar = Archive.empty()
                .addPackageOf(ProbeWorkflows.class, "")
                .addPackageOf(Gates.class, "")
                .addText("META-INF/beans.xml", BEANS)
                .writeTo(folder.resolve("probe-workflows.jar"));
        plan.applicationLibrary(jar).jvmOptions(gates.jvmOption());
        return new ProbeServer(gates);
    }

    void open(String gate) {
        gates.open(gate);
    }

    void write(String file) {
        gates.write(file);
    }

    boolean isReached(String gate) {
        return gates.isReached(gate);
    }

    void awaitReached(String gate) {
        gates.awaitReached(gate);
    }

    /** What user code has done, in order. */
    List<String> journal() {
        return gates.journal();
    }

    /** Starts a run and answers its id. */
    static String start(HttpApi http, String workflow, Map<String, ?> input) {
        return start(http, workflow, input, 5);
    }

    static String start(HttpApi http, String workflow, Map<String, ?> input, int priority) {
        HttpApi.Reply reply =
                http.post("/api/workflows/" + workflow + "/runs", Map.of("input", input, "priority", priority));
        if (reply.status() != 202) {
            throw new AssertionError("start of " + workflow + " answered " + reply.status() + ": " + reply.text());
        }
        return reply.json().path("id").asText();
    }

    /**
     * Starts a run whose code ends the process, maybe before the request is answered. The run is there all the same, since code
     * runs after the commit, and is found by its correlation id.
     */
    static void startFatal(HttpApi http, String workflow, Map<String, ?> input, String correlation) {
        try {
            HttpApi.Reply reply = http.post(
                    "/api/workflows/" + workflow + "/runs", Map.of("input", input, "correlationId", correlation));
            if (reply.status() != 202) {
                throw new AssertionError("start of " + workflow + " answered " + reply.status() + ": " + reply.text());
            }
        } catch (UncheckedIOException e) {
            System.out.println("the process was faster than its answer: " + e.getCause());
        }
    }

    /** The only run with this correlation id. */
    static String correlated(HttpApi http, String correlation) {
        JsonNode runs =
                http.get("/api/runs?correlationId=" + correlation).json().path("items");
        if (runs.size() != 1) {
            throw new AssertionError(runs.size() + " runs are correlated by " + correlation);
        }
        return runs.get(0).path("id").asText();
    }

    static Map<String, String> input(String name) {
        return Map.of("name", name);
    }

    static Map<String, String> input(String name, String gate) {
        Map<String, String> input = new LinkedHashMap<>();
        input.put("name", name);
        input.put("gate", gate);
        return input;
    }

    static JsonNode awaitStatus(LibertyServer server, String run, String status) {
        return awaitStatus(server, run, status, PATIENCE);
    }

    static JsonNode awaitStatus(LibertyServer server, String run, String status, Duration patience) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to be " + status, patience, () -> {
            last[0] = server.http().get("/api/runs/" + run).json();
            return last[0].path("status").asText().equals(status);
        });
        return last[0];
    }

    /** The types of the run's events, in order; checks that sequences have no gaps. */
    static List<String> history(LibertyServer server, String run) {
        List<String> types = new ArrayList<>();
        JsonNode events = server.http()
                .get("/api/runs/" + run + "/events?limit=200")
                .json()
                .path("items");
        for (JsonNode event : events) {
            types.add(event.path("type").asText());
            if (event.path("sequence").asInt() != types.size()) {
                throw new AssertionError(
                        "sequence " + event.path("sequence") + " at place " + types.size() + ": " + events);
            }
        }
        return types;
    }
}
