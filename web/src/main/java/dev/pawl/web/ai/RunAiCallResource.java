package dev.pawl.web.ai;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.Page;
import dev.pawl.web.Requester;
import dev.pawl.web.part.ShortPartParameters;
import dev.pawl.web.run.ReadRuns;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the stages of one run asked of models. */
@RequestScoped
@Path("/runs/{runId}/ai-calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class RunAiCallResource {

    @Inject
    ReadRuns runs;

    @Inject
    AiCallQueries calls;

    @Context
    SecurityContext security;

    @GET
    @Operation(
            operationId = "listRunAiCalls",
            summary = "What the stages of a run asked of AI models, in order of time")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "AiCallList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<AiCallView> list(@PathParam("runId") String id, @BeanParam ShortPartParameters part) {
        RunId run = new RunId(runs.get(id, Requester.of(security)).id());
        return part.of((cursor, limit) -> calls.calls(run, cursor, limit));
    }
}
