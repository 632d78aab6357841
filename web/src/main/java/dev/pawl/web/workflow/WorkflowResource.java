package dev.pawl.web.workflow;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.TypeSchemas;
import dev.pawl.engine.query.WorkflowView;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import dev.pawl.web.manifest.ProgramViews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is deployed, and how to start it. */
@RequestScoped
@Path("/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workflows")
@APIResponse(responseCode = "500", ref = "InternalError")
public class WorkflowResource {

    @Inject
    Definitions definitions;

    @Inject
    TypeSchemas schemas;

    @Inject
    ProgramViews programs;

    @Inject
    StartRuns runs;

    @GET
    @Operation(operationId = "listWorkflows", summary = "The deployed workflows, each in its highest version")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "WorkflowList")))
    public Page<WorkflowView> list() {
        return new Page<>(
                Stream.concat(definitions.all().stream().map(this::view), programs.all().stream())
                        .toList(),
                null);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWorkflow", summary = "One workflow: its schemas, defaults and graph")
    @APIResponse(
            responseCode = "200",
            description = "The workflow",
            content = @Content(schema = @Schema(ref = "Workflow")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public WorkflowView get(
            @PathParam("id") @Parameter(description = "Id of the workflow", example = "document-processor") String id,
            @QueryParam("version")
                    @Parameter(description = "Absent: the highest", schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String version) {
        Integer wanted = version(version);
        Optional<Definition> found = wanted == null ? definitions.latest(id) : definitions.find(id, wanted);
        return found.map(this::view)
                .or(() -> programs.find(id).filter(program -> wanted == null || program.version() == wanted))
                .orElseThrow(() -> unknown(id, wanted));
    }

    @POST
    @Path("/{id}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startRun",
            summary = "Start a run",
            description = "With an Idempotency-Key, the same request starts one run however often it is sent.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "StartRun"),
                            examples =
                                    @ExampleObject(
                                            name = "text",
                                            value =
                                                    "{\"input\":{\"text\":\"Four score and seven years ago …\"},\"priority\":7}")))
    @APIResponse(
            responseCode = "202",
            description = "The run was accepted and may be followed at its Location",
            headers =
                    @Header(
                            name = "Location",
                            description = "Path of the run",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(
            responseCode = "200",
            description = "Asked with wait: the run is finished",
            content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "413", ref = "ContentTooLarge")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    public CompletionStage<Response> start(
            @PathParam("id") @Parameter(description = "Id of the workflow", example = "document-processor") String id,
            @QueryParam("version")
                    @Parameter(description = "Absent: the highest", schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String version,
            @QueryParam("wait")
                    @Parameter(
                            description =
                                    "How long to wait for the end of the run, as an ISO-8601 duration; 60 s at most",
                            example = "PT30S")
                    @Nullable
                    String wait,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "1 to 255 characters; the same key again answers with the same run")
                    @Nullable
                    String key,
            @Context SecurityContext security,
            StartRun body) {
        return runs.start(body.of(id, version(version)), Requester.of(security), key, wait)
                .thenApply(WorkflowResource::answer);
    }

    private static Response answer(StartRuns.Started started) {
        return Response.status(started.awaited() ? 200 : 202)
                .header(HttpHeaders.LOCATION, "/api/runs/" + started.run().id())
                .entity(started.run())
                .build();
    }

    private WorkflowView view(Definition definition) {
        return WorkflowView.of(definition, schemas);
    }

    private static @Nullable Integer version(@Nullable String version) {
        int wanted = (int) TextParameter.number("version", version, 0, 1, Integer.MAX_VALUE);
        return wanted == 0 ? null : wanted;
    }

    private RefusedException unknown(String id, @Nullable Integer version) {
        return new RefusedException(Refusal.of(
                RefusalCode.WORKFLOW_NOT_FOUND,
                "There is no workflow '" + id + "'" + (version == null ? "" : " in version " + version)
                        + "; deployed are " + definitions.deployed()));
    }
}
