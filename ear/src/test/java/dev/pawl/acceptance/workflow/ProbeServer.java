package dev.pawl.acceptance.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    private final Path traces;

    private ProbeServer(Path traces) {
        this.traces = traces;
    }

    /** Adds the probe workflows to the application of this plan. */
    static ProbeServer addTo(ServerPlan plan, Path folder) {
        try {
            Path traces = folder.resolve("traces").toAbsolutePath();
            Files.createDirectories(traces);
            try (var left = Files.list(traces)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Path jar = Archive.empty()
                    .addPackageOf(ProbeWorkflows.class, "")
                    .addText("META-INF/beans.xml", BEANS)
                    .writeTo(folder.resolve("probe-workflows.jar"));
            plan.applicationLibrary(jar).jvmOptions("-D" + Traces.FOLDER_PROPERTY + "=" + traces);
            return new ProbeServer(traces);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open(String gate) {
        write(gate + ".open");
    }

    void write(String file) {
        try {
            Files.writeString(traces.resolve(file), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isReached(String gate) {
        return Files.exists(traces.resolve(gate + ".reached"));
    }

    void awaitReached(String gate) {
        Await.until("user code at gate " + gate, PATIENCE, () -> isReached(gate));
    }

    /** What user code has done, in order. */
    List<String> journal() {
        try {
            Path file = traces.resolve("journal");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
