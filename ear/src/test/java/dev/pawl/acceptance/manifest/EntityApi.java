package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.JmsClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The entities of one server over HTTP, as somebody. */
record EntityApi(HttpApi http, Map<String, String> credentials) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static final String COUNTER = """
            entity Counter {
              property required id: string
              property value: number = 0
              command increment(by: number = 1) {
                guard by > 0
                mutate value = self.value + by
                emit Incremented { value: self.value }
              }
            }
            store Counter in postgres
            event Incremented: "counter.incremented" { value: number }
            """;

    /** Reacts to itself for ever, so that its command has written when it is refused. */
    static final String ECHO = """
            entity Echo {
              property required id: string
              property count: number = 0
              command shout() {
                mutate count = self.count + 1
                emit Shouted
              }
            }
            store Echo in postgres
            event Shouted: "echo.shouted" { result: number }
            on Shouted run Echo.shout
              resolve payload._subject.id
            """;

    static EntityApi of(HttpApi http) {
        return new EntityApi(http, Map.of());
    }

    /** The same server, spoken to by a user of the development registry. */
    EntityApi as(String user) {
        String credentials = user + ":dev-only-" + user;
        return new EntityApi(
                http,
                Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
    }

    /** The same server, spoken to with a token. */
    EntityApi with(String token) {
        return new EntityApi(http, Map.of("Authorization", "Bearer " + token));
    }

    Reply deploy(String name, String program) {
        return send("POST", "/api/manifests?name=" + name, program, Map.of("Content-Type", "text/plain"));
    }

    Reply create(String entity, String body) {
        return send("POST", "/api/entities/" + entity, body, Map.of());
    }

    Reply run(String entity, String id, String command, String input) {
        return run(entity, id, command, input, Map.of());
    }

    Reply run(String entity, String id, String command, String input, Map<String, String> headers) {
        return send("POST", "/api/entities/" + entity + "/" + id + "/commands/" + command, input, headers);
    }

    Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    JsonNode instance(String entity, String id) {
        Reply reply = get("/api/entities/" + entity + "/" + id);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** The events of an instance, in order. */
    List<JsonNode> history(String entity, String id) {
        List<JsonNode> events = new ArrayList<>();
        get("/api/events?limit=1000&entity=" + entity + "/" + id)
                .json()
                .path("items")
                .forEach(events::add);
        return events;
    }

    Reply send(
            String method, String path, @org.jspecify.annotations.Nullable String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(credentials);
        all.putAll(headers);
        return http.send(method, path, body, all);
    }

    /** Sends a command by message and waits for its result. */
    static JsonNode request(
            JmsClient jms, String entity, String id, String command, String input, Map<String, String> properties) {
        String message = "{\"type\":\"entity.command\",\"entity\":\"" + entity + "\",\"id\":\"" + id
                + "\",\"command\":\"" + command + "\",\"input\":" + input + "}";
        try {
            return JSON.readTree(
                    jms.request("commands", message, properties, PATIENCE).orElseThrow());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer to " + message + " is no JSON", e);
        }
    }

    /** A command that is refused after it wrote leaves nothing, by message as over HTTP. */
    void assertUndoneCommandLeavesNothing(JmsClient jms) {
        assertThat(deploy("echo", ECHO).status()).isIn(200, 201);
        String id = create("Echo", "{}").json().path("id").asText();

        Reply refused = run("Echo", id, "shout", "{}");
        JsonNode answer = request(jms, "Echo", id, "shout", "{}", Map.of());

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("REACTION_DEPTH_EXCEEDED");
        assertThat(answer.path("code").asText()).isEqualTo("REACTION_DEPTH_EXCEEDED");
        assertThat(instance("Echo", id).path("count").asInt()).isZero();
        assertThat(history("Echo", id)).isEmpty();
        assertThat(jms.browse("commands.dead")).isEmpty();
    }

    /** Runs requests at once on as many threads. */
    static List<Reply> together(List<Callable<Reply>> requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : threads.invokeAll(requests)) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdownNow();
        }
    }
}
