package dev.pawl.web.operation;

import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.DeadLetterQueries.DeadLetterView;
import dev.pawl.engine.query.Page;
import dev.pawl.web.Requester;
import dev.pawl.web.SendCommand;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.LongPartParameters;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events that neither the topic nor a listener took. */
@RequestScoped
@Path("/outbox")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class OutboxResource {

    /**
     * The body of a request to replay; what is absent does not restrict.
     *
     * @param listener the empty text stands for the topic
     */
    public record Replay(
            @Nullable Integer max,
            @Nullable RunId runId,
            @Nullable String workflowId,
            @Nullable String listener) {

        public Replay {
            ReplayDeadLetters.of(max, runId, workflowId, listener);
        }

        ReplayDeadLetters command() {
            return ReplayDeadLetters.of(max, runId, workflowId, listener);
        }
    }

    @Inject
    DeadLetterQueries deadLetters;

    @Inject
    SendCommand commands;

    @Context
    SecurityContext security;

    @GET
    @Path("/dead-letters")
    @Operation(
            operationId = "listDeadLetters",
            summary = "Events that the topic or a listener did not take after all attempts, oldest first")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "DeadLetterList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Page<DeadLetterView> list(
            @QueryParam("run") @Parameter(description = "Only those of this run") @Nullable String run,
            @QueryParam("workflow") @Parameter(description = "Only those of runs of this workflow") @Nullable
                    String workflow,
            @QueryParam("listener")
                    @Parameter(description = "Only those of this listener; empty: of the topic")
                    @Nullable
                    String listener,
            @BeanParam LongPartParameters part) {
        DeadLetters.Selection selection = new DeadLetters.Selection(
                Requester.of(security).tenant(),
                runId(TextParameter.text("run", run)),
                TextParameter.text("workflow", workflow),
                listener == null || listener.isEmpty() ? listener : TextParameter.text("listener", listener));
        return part.of((cursor, limit) -> deadLetters.list(selection, cursor, limit));
    }

    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replayDeadLetters", summary = "Deliver the oldest dead letters again")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ReplayDeadLetters")))
    @APIResponse(
            responseCode = "200",
            description = "How many",
            content = @Content(schema = @Schema(ref = "ReplayedDeadLetters")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public ReplayDeadLetters.Replayed replay(@HeaderParam("Idempotency-Key") @Nullable String key, Replay body) {
        return commands.send(body.command(), security, key);
    }

    private static @Nullable RunId runId(@Nullable String run) {
        try {
            return run == null ? null : new RunId(run);
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("run", e.getMessage());
        }
    }
}
