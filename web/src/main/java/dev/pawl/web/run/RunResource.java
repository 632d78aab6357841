package dev.pawl.web.run;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.HandleJob;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.web.Requester;
import dev.pawl.web.SendCommand;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.LongPartParameters;
import dev.pawl.web.stream.ServeStreams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The runs: what they are, what happened in them, and the commands that steer one. */
@RequestScoped
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class RunResource {

    @Inject
    ReadRuns runs;

    @Inject
    SendCommand commands;

    @Inject
    HandleJob jobs;

    @Inject
    ServeStreams streams;

    @Context
    SecurityContext security;

    @GET
    @Operation(operationId = "listRuns", summary = "Runs, newest first, without stages, inputs and outputs")
    @APIResponse(responseCode = "200", description = "One part", content = @Content(schema = @Schema(ref = "RunList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Page<RunView> list(@BeanParam RunListParameters parameters) {
        return runs.list(parameters, Requester.of(security));
    }

    @GET
    @Path("/{runId}")
    @Operation(operationId = "getRun", summary = "One run with its stages and what it waits for")
    @APIResponse(responseCode = "200", description = "The run", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public RunView get(@PathParam("runId") String id) {
        return runs.get(id, Requester.of(security));
    }

    @GET
    @Path("/{runId}/events")
    @Operation(operationId = "listRunEvents", summary = "The history of a run, in order")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "EventList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<EventView> events(
            @PathParam("runId") String id,
            @QueryParam("after")
                    @Parameter(
                            description = "Only events with a greater sequence; the member next of the part before",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "0"))
                    @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 1000",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "200"))
                    @Nullable
                    String limit) {
        return runs.events(id, Requester.of(security), after, limit);
    }

    @GET
    @Path("/{runId}/steps")
    @Operation(
            operationId = "listRunSteps",
            summary = "The checkpointed steps of a run: its stages, or what durable code has recorded")
    @APIResponse(
            responseCode = "200",
            description = "One part; stages come all at once",
            content = @Content(schema = @Schema(ref = "StepList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<?> steps(@PathParam("runId") String id, @BeanParam LongPartParameters part) {
        return runs.steps(id, Requester.of(security), part);
    }

    @GET
    @Path("/{runId}/logs")
    @Operation(operationId = "listRunLogs", summary = "What the stages of a run logged, in order of time")
    @APIResponse(responseCode = "200", description = "One part", content = @Content(schema = @Schema(ref = "LogList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<LogView> logs(@PathParam("runId") String id, @BeanParam LogParameters parameters) {
        return runs.logs(id, Requester.of(security), parameters);
    }

    @GET
    @Path("/{runId}/stream")
    @Produces({MediaType.SERVER_SENT_EVENTS, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "streamRun",
            summary = "The history of a run, then what follows, live until it ends",
            description =
                    "Events, progress and log lines. Ids are sequences, so that Last-Event-ID resumes exactly; those of"
                            + " log lines say more, and a few lines may come twice after a resumption.")
    @APIResponse(
            responseCode = "200",
            description = "Server-sent events; the stream ends after the event that ends the run",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "EventStream")))
    @APIResponse(responseCode = "204", description = "The run is finished and all was shown")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "503", ref = "TooManyStreams")
    public void stream(
            @PathParam("runId") String id,
            @QueryParam("logs")
                    @Parameter(
                            description = "Whether log lines are wanted",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "true"))
                    @Nullable
                    String logs,
            @HeaderParam("Last-Event-ID") @Parameter(description = "The id of the last message taken") @Nullable
                    String from,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse answer) {
        streams.ofRun(
                Requester.of(security),
                ReadRuns.runId(id),
                from,
                TextParameter.flag("logs", logs, true),
                new ServeStreams.Suspended(request, answer));
    }

    @POST
    @Path("/{runId}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "cancelRun",
            summary = "End a run and everything open in it; a finished run stays as it is")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "CancelReason")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Cancellation")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public CancelRun.Cancellation cancel(
            @PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key, CancelReason body) {
        return execute(new CancelRun(ReadRuns.runId(id), body.reason(), Boolean.TRUE.equals(body.compensate())), key);
    }

    @POST
    @Path("/{runId}/pause")
    @Operation(operationId = "pauseRun", summary = "Keep a run from starting anything new")
    @APIResponse(responseCode = "200", description = "The outcome", content = @Content(schema = @Schema(ref = "Pause")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public PauseRun.Paused pause(@PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return execute(new PauseRun(ReadRuns.runId(id), true), key);
    }

    @POST
    @Path("/{runId}/resume")
    @Operation(operationId = "resumeRun", summary = "Let a paused run go on")
    @APIResponse(responseCode = "200", description = "The outcome", content = @Content(schema = @Schema(ref = "Pause")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public PauseRun.Paused resume(@PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return execute(new PauseRun(ReadRuns.runId(id), false), key);
    }

    @POST
    @Path("/{runId}/retry")
    @Operation(
            operationId = "retryRun",
            summary = "Do now what the run would do later: the next attempt of a failed stage, the next poll")
    @APIResponse(responseCode = "200", description = "The outcome", content = @Content(schema = @Schema(ref = "Retry")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RetryRun.Retried retry(@PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return execute(new RetryRun(ReadRuns.runId(id)), key);
    }

    @POST
    @Path("/{runId}/rerun")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rerunRun",
            summary = "Begin a finished run once more at one of its stages, with an edited input if one is given")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RerunRequest")))
    @APIResponse(responseCode = "200", description = "The outcome", content = @Content(schema = @Schema(ref = "Rerun")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RerunFrom.Rerun rerun(
            @PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key, RerunRequest body) {
        return execute(body.command(ReadRuns.runId(id)), key);
    }

    @POST
    @Path("/{runId}/transition")
    @Operation(
            operationId = "transitionRun",
            summary = "Move a run on if its current group is complete; for repair, reports do it by themselves")
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Transition")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public TransitionRun.Transitioned transition(
            @PathParam("runId") String id, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return execute(new TransitionRun(ReadRuns.runId(id)), key);
    }

    @POST
    @Path("/{runId}/steps/{stepId}/execute")
    @Operation(
            operationId = "executeStep",
            summary = "Execute one step now, and answer when it has ended",
            description =
                    "A completed step never runs again: its stored output is the answer. Under an Idempotency-Key the"
                            + " step's lease marks the command as being in progress.")
    @APIResponse(
            responseCode = "200",
            description = "What became of it",
            content = @Content(schema = @Schema(ref = "JobOutcome")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public CompletionStage<JobOutcome> executeStep(
            @PathParam("runId") String id,
            @PathParam("stepId") String step,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        return jobs.handle(SendCommand.envelope(new ExecuteJob(ReadRuns.runId(id), step), security, key));
    }

    private <R> R execute(Command<R> command, @Nullable String key) {
        return commands.send(command, security, key);
    }
}
