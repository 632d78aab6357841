package dev.pawl.acceptance.feature.local.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.api.Annotation;
import dev.pawl.api.local.CommandRefusedException;
import dev.pawl.api.local.EngineDriver;
import dev.pawl.api.local.EngineDriver.DeadLetterFilter;
import dev.pawl.api.local.RerunOptions;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Turns a command as it would stand in a message into a call of the injected API, and answers as a reply would. */
@WebServlet("/commands")
public class CommandServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private transient Workflows workflows;

    @Inject
    private transient EngineDriver driver;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode command = JSON.readTree(request.getInputStream());
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            Object result = call(command, request.getHeader("Idempotency-Key"));
            answer.put("ok", true);
            answer.put("result", result);
        } catch (CommandRefusedException e) {
            answer.put("ok", false);
            answer.put("error", Map.of("code", e.code(), "errors", e.errors()));
        }
        response.setContentType("application/json");
        JSON.writeValue(response.getOutputStream(), answer);
    }

    private Object call(JsonNode command, String key) {
        Workflows runs = key == null ? workflows : workflows.withIdempotencyKey(key);
        EngineDriver engine = key == null ? driver : driver.withIdempotencyKey(key);
        String run = command.path("runId").asText();
        int max = command.path("max").asInt(100);
        return switch (command.path("type").asText()) {
            case "run.create" -> Map.of("runId", start(runs, command));
            case "run.cancel" -> runs.cancel(run, command.path("reason").asText(null));
            case "run.pause" -> runs.pause(run);
            case "run.resume" -> runs.resume(run);
            case "run.retry" -> Map.of("stages", runs.retry(run));
            case "run.rerunFrom" ->
                runs.rerunFrom(run, command.path("fromStageId").asText(), RerunOptions.NONE);
            case "run.transition" -> Map.of("result", runs.transition(run));
            case "run.claimPending" -> engine.claim(command.path("maxClaims").asInt(100));
            case "stage.pollSuspended" -> Map.of("due", engine.poll(max));
            case "lease.reapStale" -> engine.reap(max);
            case "plugin.replayDLQ" -> Map.of("replayed", engine.replayDeadLetters(max, deadLetters(command)));
            case "run.annotate" -> annotate(runs, run, command.path("annotations"));
            case "outbox.flush" -> engine.flush(max);
            case "run.repair" -> Map.of("runs", engine.repair(max));
            case "job.execute" -> engine.handleJob(run, command.path("stageId").asText());
            case "tick" -> engine.tick();
            case "jobs" -> engine.processAvailableJobs(max);
            default -> throw new IllegalArgumentException("no such command: " + command);
        };
    }

    private static DeadLetterFilter deadLetters(JsonNode command) {
        return new DeadLetterFilter(
                command.path("runId").textValue(),
                command.path("workflowId").textValue(),
                command.path("listener").textValue());
    }

    /** Those without a stage are of the run. */
    private static Object annotate(Workflows runs, String run, JsonNode items) {
        List<String> stages = items.findValuesAsText("stage");
        Annotation[] annotations = StreamSupport.stream(items.spliterator(), false)
                .map(item -> {
                    Annotation annotation = Annotation.of(item.path("name").asText(), item.get("value"));
                    return item.has("stage") ? annotation : annotation.ofRun();
                })
                .toArray(Annotation[]::new);
        return stages.isEmpty() ? runs.annotate(run, annotations) : runs.annotateStage(run, stages.get(0), annotations);
    }

    private static String start(Workflows runs, JsonNode command) {
        StartOptions options = StartOptions.NONE;
        if (command.has("priority")) {
            options = options.withPriority(command.path("priority").asInt());
        }
        if (command.has("correlationId")) {
            options = options.withCorrelationId(command.path("correlationId").asText());
        }
        for (Map.Entry<String, JsonNode> stage : command.path("config").properties()) {
            options = options.withConfig(stage.getKey(), stage.getValue());
        }
        return runs.start(command.path("workflowId").asText(), command.get("input"), options);
    }
}
