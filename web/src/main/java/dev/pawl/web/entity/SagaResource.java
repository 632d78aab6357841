package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.Sagas;
import dev.pawl.web.json.AnyObject;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The sagas of programs: started here, followed as the runs they are. */
@RequestScoped
@Path("/sagas/{saga}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "entities")
@APIResponse(responseCode = "500", ref = "InternalError")
public class SagaResource {

    @Inject
    Sagas sagas;

    @Context
    SecurityContext security;

    @POST
    @Operation(
            operationId = "startSaga",
            summary = "Start a saga on behalf of the caller",
            description = "Each step takes its parameters from its own input, else from that of the saga.")
    @RequestBody(content = @Content(schema = @Schema(ref = "StartSaga")))
    @APIResponse(
            responseCode = "202",
            description = "Accepted; the run at Location is the saga",
            headers =
                    @Header(
                            name = "Location",
                            description = "Path of the run",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(ref = "AnyJson")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public Response start(
            @PathParam("saga") String saga,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "1 to 200 characters; the same key again answers with the same run")
                    @Nullable
                    String key,
            @HeaderParam("Correlation-Id") @Nullable String correlationId,
            AnyObject body) {
        String run;
        try {
            run = sagas.start(
                            saga,
                            object(body, "input"),
                            object(body, "steps"),
                            Authenticated.caller(security),
                            correlationId,
                            key)
                    .orElseThrow(() ->
                            new RequestException(HttpFault.NOT_FOUND, "No deployed program has a saga '" + saga + "'"));
        } catch (IllegalArgumentException e) {
            throw unfit("/steps", String.valueOf(e.getMessage()));
        }
        return Response.accepted(JsonCodec.object()
                        .put("id", run)
                        .put("saga", saga)
                        .put("status", "PENDING")
                        .toString())
                .header(HttpHeaders.LOCATION, "/api/runs/" + run)
                .build();
    }

    private static ObjectNode object(AnyObject body, String member) {
        JsonNode value = body.json().path(member);
        if (value.isMissingNode()) {
            return JsonCodec.object();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw unfit("/" + member, "an object is expected");
    }

    private static RequestException unfit(String pointer, String message) {
        return new RequestException(
                HttpFault.VALIDATION_FAILED,
                "The body does not fit: " + pointer + ": " + message,
                List.of(new FieldError(pointer, message)));
    }
}
