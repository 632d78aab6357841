package dev.pawl.web.ai;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.Page;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import dev.pawl.web.problem.RequestException;
import dev.pawl.web.run.ReadRuns;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the stages of one run asked of models. */
@RequestScoped
@Path("/runs/{runId}/ai-calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class RunAiCallResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 200;

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
    public Page<AiCallView> list(
            @PathParam("runId") String id,
            @QueryParam("cursor") @Parameter(description = "The member next of the part before") @Nullable
                    String cursor,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "50"))
                    @Nullable
                    String limit) {
        RunId run = new RunId(runs.get(id, Requester.of(security)).id());
        Optional<String> after = Optional.ofNullable(TextParameter.text("cursor", cursor));
        int most = (int) TextParameter.number("limit", limit, DEFAULT_LIMIT, 1, HIGHEST_LIMIT);
        try {
            return calls.calls(run, after, most);
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("cursor", "the member next of the part before is expected");
        }
    }
}
