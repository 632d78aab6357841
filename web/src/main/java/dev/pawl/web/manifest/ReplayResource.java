package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.Programs;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.runtime.replay.Mismatch;
import dev.pawl.manifest.runtime.replay.RecordedCommand;
import dev.pawl.manifest.runtime.replay.ReplayCommands;
import dev.pawl.web.json.AnyObject;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs recorded commands again on the programs of this server, on a store of its own, and says what came out otherwise. */
@RequestScoped
@Path("/replays")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "manifests")
@APIResponse(responseCode = "500", ref = "InternalError")
public class ReplayResource {

    private static final int MOST = 10_000;

    @Inject
    Programs programs;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replay",
            summary = "Replay recorded commands in deterministic mode; nothing is stored and nothing leaves")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Replay")))
    @APIResponse(
            responseCode = "200",
            description = "How many commands ran, and every part of a result that differs",
            content = @Content(schema = @Schema(ref = "ReplayOutcome")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response replay(AnyObject body) {
        List<RecordedCommand> commands = commands(body.json().path("commands"));
        ReplayCommands replay = new ReplayCommands(runtime(), RuntimeOptions.DEFAULT);
        int index = 0;
        for (JsonNode instance : list(body.json().path("instances"), "/instances")) {
            start(replay, instance, "/instances/" + index++);
        }
        List<Mismatch> mismatches = replay.run(commands);
        ObjectNode outcome = JsonCodec.object();
        outcome.put("replayed", commands.size());
        outcome.put("matches", mismatches.isEmpty());
        ArrayNode shown = outcome.putArray("mismatches");
        mismatches.forEach(mismatch -> shown.add(mismatch.toJson()));
        return Response.ok(outcome.toString()).build();
    }

    /** The programs as they are now, away from the server's stores. */
    private ManifestRuntime runtime() {
        List<Ir> running =
                programs.running().stream().map(LivePrograms.Live::ir).toList();
        return ManifestRuntime.of(running, RuntimePorts.inMemory(() -> Instant.EPOCH), RuntimeOptions.DEFAULT);
    }

    private static void start(ReplayCommands replay, JsonNode instance, String at) {
        if (!(instance.path("properties") instanceof ObjectNode properties)) {
            throw unfit(at + "/properties", "an object is expected");
        }
        try {
            replay.start(instance.path("entity").asText(), properties);
        } catch (IllegalArgumentException e) {
            throw unfit(at, String.valueOf(e.getMessage()));
        }
    }

    private static List<RecordedCommand> commands(JsonNode recorded) {
        List<RecordedCommand> commands = new ArrayList<>();
        for (JsonNode command : list(recorded, "/commands")) {
            try {
                commands.add(RecordedCommand.fromJson(command));
            } catch (IllegalArgumentException e) {
                throw unfit("/commands/" + commands.size(), String.valueOf(e.getMessage()));
            }
        }
        return commands;
    }

    private static List<JsonNode> list(JsonNode array, String at) {
        List<JsonNode> elements = new ArrayList<>();
        if (array.isArray() && array.size() <= MOST) {
            array.forEach(elements::add);
        } else if (!array.isMissingNode()) {
            throw unfit(at, "a list of at most " + MOST + " is expected");
        }
        return elements;
    }

    private static RequestException unfit(String pointer, String message) {
        return new RequestException(
                HttpFault.VALIDATION_FAILED,
                "The body does not fit: " + pointer + ": " + message,
                List.of(new FieldError(pointer, message)));
    }
}
