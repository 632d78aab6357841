package dev.pawl.web.workflow;

import dev.pawl.engine.work.code.CheckReplay;
import dev.pawl.engine.work.code.ReplayReport;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
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

/** Whether the deployed code fits the histories it would have to go on with. */
@RequestScoped
@Path("/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workflows")
@APIResponse(responseCode = "500", ref = "InternalError")
public class ReplayCheckResource {

    private static final int USUAL_LIMIT = 200;

    @Inject
    CheckReplay replays;

    @POST
    @Path("/{id}/replay-check")
    @Operation(
            operationId = "checkReplay",
            summary = "Replay the open runs of durable code against what is deployed, and name those that would break",
            description = "Methods are called up to where their runs wait; no step is executed and nothing is written.")
    @APIResponse(
            responseCode = "200",
            description = "What was found",
            content = @Content(schema = @Schema(ref = "ReplayReport")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public ReplayReport check(
            @PathParam("id") String id,
            @QueryParam("against")
                    @Parameter(
                            description = "The version whose code is tried; absent: the one each run was started in",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String against,
            @QueryParam("cursor") @Parameter(description = "The member next of the part before") @Nullable
                    String cursor,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 1000",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "200"))
                    @Nullable
                    String limit,
            @Context SecurityContext security) {
        int version = (int) TextParameter.number("against", against, 0, 1, Integer.MAX_VALUE);
        int most = (int) TextParameter.number("limit", limit, USUAL_LIMIT, 1, CheckReplay.MOST);
        Optional<String> from = Optional.ofNullable(TextParameter.text("cursor", cursor));
        try {
            return replays.check(Requester.of(security), id, version == 0 ? null : version, from, most);
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("cursor", "the member next of the part before is expected");
        }
    }
}
