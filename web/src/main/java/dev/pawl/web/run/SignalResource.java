package dev.pawl.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.web.Requester;
import dev.pawl.web.SendCommand;
import dev.pawl.web.json.AnyJson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Talks to durable code while it runs: data in, published values out. */
@RequestScoped
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class SignalResource {

    @Inject
    RunQueries queries;

    @Inject
    ReadRuns runs;

    @Inject
    SendCommand commands;

    @Context
    SecurityContext security;

    @POST
    @Path("/{runId}/signals/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "signalRun",
            summary = "Send data to a run, which takes it where it waits for the signal, or keeps it until it does")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AnyValue")))
    @APIResponse(
            responseCode = "202",
            description = "The signal is kept for the run or was taken",
            content = @Content(schema = @Schema(ref = "Signalled")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public Response signal(
            @PathParam("runId") String id,
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            AnyJson body) {
        SignalRun.Signalled signalled =
                commands.send(new SignalRun(ReadRuns.runId(id), name, body.json()), security, key);
        return Response.accepted(signalled).build();
    }

    @GET
    @Path("/{runId}/queries/{name}")
    @Operation(operationId = "queryRun", summary = "The latest value that the run has published under a name")
    @APIResponse(
            responseCode = "200",
            description = "The value as it was published",
            content = @Content(schema = @Schema(ref = "AnyValue")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public AnyJson query(@PathParam("runId") String id, @PathParam("name") String name) {
        RunId run = runs.existing(id, Requester.of(security));
        JsonNode value = queries.value(run, name)
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.QUERY_NOT_FOUND, "Run " + run + " has published nothing under that name")));
        return new AnyJson(value);
    }
}
