package dev.pawl.acceptance.outage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.acceptance.outage.probe.OutageWorkflows;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server with the workflows of these tests. */
final class OutageServer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    private final LibertyServer server;
    private final GateFolder gates;

    private OutageServer(LibertyServer server, GateFolder gates) {
        this.server = server;
        this.gates = gates;
    }

    static OutageServer start(ServerPlan plan, Path folder) {
        GateFolder gates = GateFolder.emptied(folder.resolve("gates"));
        Path jar = Archive.empty()
                .addPackageOf(OutageWorkflows.class, "")
                .addPackageOf(Gates.class, "")
                .addText("META-INF/beans.xml", BEANS)
                .writeTo(folder.resolve("outage-workflows.jar"));
        return new OutageServer(
                plan.applicationLibrary(jar)
                        .jvmOptions(gates.jvmOption())
                        .build()
                        .start(),
                gates);
    }

    LibertyServer server() {
        return server;
    }

    HttpApi http() {
        return server.http();
    }

    String startRun(String workflow, String name) {
        return start(http(), workflow, name, UUID.randomUUID().toString())
                .json()
                .path("id")
                .asText();
    }

    static HttpApi.Reply start(HttpApi http, String workflow, String name, String key) {
        return http.post(
                "/api/workflows/" + workflow + "/runs",
                Map.of("input", Map.of("name", name), "correlationId", name),
                Map.of("Idempotency-Key", key));
    }

    JsonNode awaitCompleted(String run) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to be completed", PATIENCE, () -> {
            last[0] = http().get("/api/runs/" + run).json();
            return last[0].path("status").asText().equals("COMPLETED");
        });
        return last[0];
    }

    void open(String gate) {
        gates.open(gate);
    }

    /** What user code has noted. */
    List<String> journal() {
        return gates.journal();
    }

    /** The server's log so far. */
    List<LogRecord> log() {
        return lines(server.messages()).stream()
                .flatMap(line -> LogRecord.of(line).stream())
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
