package dev.pawl.web.run;

import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.query.Page;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.LongPartParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was noted on a run and its stages. */
@RequestScoped
@Path("/runs/{runId}/annotations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class AnnotationResource {

    @Inject
    ReadRuns runs;

    @Inject
    AnnotationStore annotations;

    @Inject
    CommandBus bus;

    @Context
    SecurityContext security;

    @GET
    @Operation(operationId = "listAnnotations", summary = "What was noted on a run, in the order written")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "AnnotationList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<AnnotationView> list(
            @PathParam("runId") String id,
            @QueryParam("stage") @Nullable String stage,
            @QueryParam("name") @Nullable String name,
            @QueryParam("prefix") @Parameter(description = "Of the name") @Nullable String prefix,
            @QueryParam("type") @Parameter(description = "string, number, boolean, object, array or null") @Nullable
                    String type,
            @BeanParam LongPartParameters part) {
        AnnotationStore.Filter filter = new AnnotationStore.Filter(
                TextParameter.text("stage", stage),
                TextParameter.text("name", name),
                TextParameter.text("prefix", prefix),
                TextParameter.text("type", type));
        long from = TextParameter.number("cursor", part.cursor(), 0, 0, Long.MAX_VALUE);
        int most = part.limit();
        RunId run = runs.existing(id, Requester.of(security));
        List<RunAnnotation> found = annotations.list(run, filter, from, most + 1);
        List<RunAnnotation> shown = found.subList(0, Math.min(most, found.size()));
        return new Page<>(
                shown.stream().map(AnnotationView::of).toList(),
                found.size() > most ? String.valueOf(shown.get(shown.size() - 1).id()) : null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "annotateRun", summary = "Note facts on a run or its stages; the same is kept once")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AnnotateRequest")))
    @APIResponse(
            responseCode = "200",
            description = "How many are new",
            content = @Content(schema = @Schema(ref = "Annotated")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public AnnotateRun.Annotated annotate(
            @PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key, AnnotateRequest body) {
        Envelope<AnnotateRun.Annotated> envelope =
                Envelope.of(new AnnotateRun(ReadRuns.runId(id), body.items()), Requester.of(security));
        return bus.execute(key == null ? envelope : envelope.withIdempotencyKey(key))
                .orThrow();
    }
}
