package dev.pawl.web.stream;

import dev.pawl.engine.live.EventFilter;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Everything that happens, as it happens. */
@RequestScoped
@Path("/stream")
@Produces({MediaType.SERVER_SENT_EVENTS, MediaType.APPLICATION_JSON})
@Tag(name = "events")
@APIResponse(responseCode = "500", ref = "InternalError")
public class StreamResource {

    @Inject
    ServeStreams streams;

    @GET
    @Operation(
            operationId = "streamEvents",
            summary = "All events of runs and entities, live",
            description =
                    "From now on, or from the id given as Last-Event-ID on. Nothing is left out and nothing comes twice.")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events; the stream does not end by itself",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "EventStream")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "503", ref = "TooManyStreams")
    public void stream(
            @QueryParam("workflow")
                    @Parameter(description = "Only events of runs of this workflow, or of instances of this entity")
                    @Nullable
                    String workflow,
            @QueryParam("types")
                    @Parameter(
                            description =
                                    "Names of events, or beginnings followed by *, repeated or separated by commas",
                            example = "workflow:*,stage:failed")
                    List<String> types,
            @QueryParam("correlationId") @Parameter(description = "Only events of this flow") @Nullable
                    String correlationId,
            @HeaderParam("Last-Event-ID")
                    @Parameter(description = "The id of the last message taken; 0 for everything that is kept")
                    @Nullable
                    String from,
            @Context SecurityContext security,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse answer) {
        EventFilter filter = new EventFilter(
                Requester.of(security).tenant(),
                TextParameter.text("workflow", workflow),
                names(types),
                TextParameter.text("correlationId", correlationId));
        streams.ofAll(filter, from, new ServeStreams.Suspended(request, answer));
    }

    private static Set<String> names(List<String> types) {
        return types.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(name -> TextParameter.text("types", name) != null)
                .collect(Collectors.toSet());
    }
}
