package dev.pawl.acceptance.feature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that feature tests share, for {@code @ParameterizedTest @EnumSource}. Each is started when first asked for
 * and stopped when the tests end, so a test keeps to runs it started itself and never stops the server.
 */
public enum FeatureServer {
    EMBEDDED,
    POSTGRES;

    /** What webhooks of programs under test are signed with. */
    public static final String HOOK_SECRET = "a secret of the feature tests";

    /** Streams a server serves at the same time. */
    public static final int STREAMS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GateFolder gates = GateFolder.emptied(folder().resolve("gates"));
    private @Nullable LibertyServer server;
    private PostgresServer.@Nullable Database database;

    /** The running server. */
    public synchronized LibertyServer server() {
        LibertyServer running = server;
        if (running == null) {
            running = start();
            server = running;
        }
        return running;
    }

    public HttpApi http() {
        return server().http();
    }

    /** The database beneath {@link #POSTGRES}. */
    public PostgresServer.Database database() {
        server();
        if (database == null) {
            throw new IllegalStateException(this + " has a database that only the server itself can reach");
        }
        return database;
    }

    /** Lets user code through a gate. */
    public void open(String gate) {
        gates.open(gate);
    }

    /** Returns once user code stands at this gate. */
    public void awaitReached(String gate) {
        gates.awaitReached(gate);
    }

    /** What user code has noted, in order. */
    public List<String> journal() {
        return gates.journal();
    }

    /** How often user code has noted this line. */
    public long noted(String line) {
        return journal().stream().filter(line::equals).count();
    }

    /** Starts a run and answers its id. */
    public String startRun(String workflow, Map<String, ?> body) {
        HttpApi.Reply reply = http().post("/api/workflows/" + workflow + "/runs", body);
        if (reply.status() != 202) {
            throw new AssertionError("start of " + workflow + " answered " + reply.status() + ": " + reply.text());
        }
        return reply.json().path("id").asText();
    }

    public JsonNode run(String id) {
        return http().get("/api/runs/" + id).json();
    }

    /** Returns the run once it has this status. */
    public JsonNode awaitStatus(String run, String status) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to be " + status, PATIENCE, () -> {
            last[0] = run(run);
            return last[0].path("status").asText().equals(status);
        });
        return last[0];
    }

    /** Moves the engine's clock ahead; leases of code that runs meanwhile end, so nothing else may be going on. */
    public void advance(Duration by) {
        HttpApi.Reply reply = http().post("/api/test/clock", Map.of("advance", by.toString()));
        if (reply.status() != 200) {
            throw new AssertionError("the clock answered " + reply.status() + ": " + reply.text());
        }
    }

    /** The types of the run's events, in order; checks that sequences have no gaps. */
    public List<String> history(String run) {
        List<String> types = new ArrayList<>();
        JsonNode events =
                http().get("/api/runs/" + run + "/events?limit=200").json().path("items");
        for (JsonNode event : events) {
            types.add(event.path("type").asText());
            if (event.path("sequence").asInt() != types.size()) {
                throw new AssertionError(
                        "sequence " + event.path("sequence") + " at place " + types.size() + ": " + events);
            }
        }
        return types;
    }

    private LibertyServer start() {
        ServerPlan plan = LibertyServer.in(folder().resolve("server"));
        variables().forEach(plan::variable);
        if (this == POSTGRES) {
            PostgresServer postgres = PostgresServer.start(folder().resolve("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            PostgresServer.Database fresh = postgres.createDatabase("pawl");
            database = fresh;
            plan.on(fresh);
        }
        LibertyServer started = plan.applicationLibrary(Probes.library(folder()))
                .applicationModule(Probes.MODULE, Probes.module(folder()))
                .jvmOptions(gates.jvmOption())
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started.start();
    }

    /** Settings that features under test need; they must suit all of them. */
    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(ScriptedModels.variables());
        variables.put("pawl.test.clock-movable", "true");
        variables.put("pawl.manifest.secret.featureHookSecret", HOOK_SECRET);
        variables.put("pawl.stream.max", Integer.toString(STREAMS));
        variables.put("pawl.stream.buffer", "100");
        variables.put("pawl.stream.patience", "PT2S");
        variables.put("pawl.relay.attempts", "3");
        variables.put("pawl.broker.delivery.attempts", "3");
        variables.put("pawl.broker.redelivery.millis", "50");
        return variables;
    }

    private Path folder() {
        return Path.of("target/acceptance/feature", name().toLowerCase(java.util.Locale.ROOT));
    }
}
