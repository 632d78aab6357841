package dev.pawl.web.ai;

import dev.pawl.engine.query.AiCallFilter;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What calls of models came to, over all runs. */
@RequestScoped
@Path("/ai-calls/statistics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class AiStatisticsResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    @Inject
    AiCallQueries calls;

    @Context
    SecurityContext security;

    @GET
    @Operation(
            operationId = "getAiStatistics",
            summary = "Calls of AI models, their tokens and cost, by topic and model, the dearest first")
    @APIResponse(
            responseCode = "200",
            description = "The figures",
            content = @Content(schema = @Schema(ref = "AiStatistics")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public AiStatistics statistics(
            @QueryParam("topic") @Parameter(description = "What topics begin with", example = "documents/") @Nullable
                    String topic,
            @QueryParam("model") @Parameter(description = "Name of a model, as configured") @Nullable String model,
            @QueryParam("from")
                    @Parameter(description = "Called at or after", example = "2026-01-31T08:30:00Z")
                    @Nullable
                    String from,
            @QueryParam("to") @Parameter(description = "Called before") @Nullable String to,
            @QueryParam("limit")
                    @Parameter(
                            description = "Groups shown, 1 to 1000; the total counts all of them",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "100"))
                    @Nullable
                    String limit) {
        AiCallFilter filter = new AiCallFilter(
                Requester.of(security).tenant(),
                TextParameter.text("topic", topic),
                TextParameter.text("model", model),
                TextParameter.instant("from", from),
                TextParameter.instant("to", to));
        return calls.statistics(filter, (int) TextParameter.number("limit", limit, DEFAULT_LIMIT, 1, HIGHEST_LIMIT));
    }
}
