package dev.pawl.acceptance.feature.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways a command comes to the engine. Commands are written, and answers given, as they stand in a message. */
enum Transport {
    REST {
        @Override
        JsonNode send(LibertyServer server, ObjectNode command, @Nullable String key) {
            ObjectNode body = command.deepCopy();
            String path = path(body);
            HttpApi.Reply reply = server.http().post(path, body, header(key));
            ObjectNode answer = JSON.createObjectNode();
            answer.put("ok", reply.status() < 300);
            if (reply.status() < 300) {
                answer.set("result", reply.json());
            } else {
                answer.set("error", reply.json());
            }
            return answer;
        }

        /** What names the target is in the path. */
        private String path(ObjectNode body) {
            String run = "/api/runs/" + body.path("runId").asText();
            String type = body.remove("type").asText();
            if (!RUN_IN_BODY.contains(type)) {
                body.remove("runId");
            }
            if (body.has("maxClaims")) {
                body.set("max", body.remove("maxClaims"));
            }
            return switch (type) {
                case "run.create" ->
                    "/api/workflows/" + body.remove("workflowId").asText() + "/runs";
                case "run.cancel" -> run + "/cancel";
                case "run.pause" -> run + "/pause";
                case "run.resume" -> run + "/resume";
                case "run.retry" -> run + "/retry";
                case "run.rerunFrom" -> run + "/rerun";
                case "run.transition" -> run + "/transition";
                case "job.execute" -> run + "/steps/" + body.remove("stageId").asText() + "/execute";
                case "run.claimPending" -> "/api/maintenance/claim";
                case "stage.pollSuspended" -> "/api/maintenance/poll";
                case "lease.reapStale" -> "/api/maintenance/reap";
                case "outbox.flush" -> "/api/maintenance/flush";
                case "plugin.replayDLQ" -> "/api/outbox/replay";
                case "run.annotate" -> run + "/annotations";
                case "run.repair" -> "/api/maintenance/repair";
                default -> throw new IllegalArgumentException(type);
            };
        }
    },
    JMS {
        @Override
        JsonNode send(LibertyServer server, ObjectNode command, @Nullable String key) {
            try (JmsClient jms = server.jms()) {
                Map<String, String> properties = key == null ? Map.of() : Map.of("idempotencyKey", key);
                return JSON.readTree(jms.request("commands", command.toString(), properties, PATIENCE)
                        .orElseThrow(() -> new AssertionError("no answer to " + command)));
            } catch (JsonProcessingException e) {
                throw new AssertionError("the answer is not JSON", e);
            }
        }
    },
    EJB {
        @Override
        JsonNode send(LibertyServer server, ObjectNode command, @Nullable String key) {
            return server.http()
                    .post("/" + Probes.MODULE + "/commands", command, header(key))
                    .json();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> RUN_IN_BODY = Set.of("stage.pollSuspended", "plugin.replayDLQ");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The answer as {@code {"ok":…,"result":…,"error":…}}. */
    abstract JsonNode send(LibertyServer server, ObjectNode command, @Nullable String key);

    private static Map<String, String> header(@Nullable String key) {
        return key == null ? Map.of() : Map.of("Idempotency-Key", key);
    }
}
