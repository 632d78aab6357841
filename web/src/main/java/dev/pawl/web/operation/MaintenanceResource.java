package dev.pawl.web.operation;

import dev.pawl.api.local.JobCounts;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.retention.Purged;
import dev.pawl.engine.retention.Retention;
import dev.pawl.engine.work.CountJobs;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.Maintenance.TickCounts;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.web.SendCommand;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What timers and workers do by themselves, on demand: for hosts that drive the engine from outside. */
@RequestScoped
@Path("/maintenance")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class MaintenanceResource {

    /** Callers do not wait for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Inject
    Maintenance maintenance;

    @Inject
    Retention retention;

    @Inject
    StepWorker worker;

    @Inject
    SendCommand commands;

    @Context
    SecurityContext security;

    @POST
    @Path("/tick")
    @Operation(operationId = "tick", summary = "Do what is due by time, claim, poll, reap and relay once")
    @APIResponse(
            responseCode = "200",
            description = "How much of each was done",
            content = @Content(schema = @Schema(ref = "TickCounts")))
    public TickCounts tick() {
        return maintenance.tick();
    }

    @POST
    @Path("/purge")
    @Operation(
            operationId = "purge",
            summary = "Remove what is older than its retention",
            description = "For some seconds at a time: to be repeated while `more` is true.")
    @APIResponse(
            responseCode = "200",
            description = "How much is gone",
            content = @Content(schema = @Schema(ref = "Purged")))
    public Purged purge() {
        return retention.purge(LONGEST);
    }

    @POST
    @Path("/jobs")
    @Operation(
            operationId = "processAvailableJobs",
            summary = "Execute steps that are due, and answer when they have ended",
            description =
                    "As many at the same time as this server has places. A run's next step counts when it is due.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "What became of them",
            content = @Content(schema = @Schema(ref = "JobCounts")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public CompletionStage<JobCounts> jobs(Batch batch) {
        return worker.executeDue(batch.size()).thenApply(CountJobs::count);
    }

    @POST
    @Path("/claim")
    @Operation(
            operationId = "claimPending",
            summary = "Start pending runs, highest priority first",
            description =
                    "Each run is started by one claimer only. One that cannot be executed fails and stops no other.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Claimed")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public ClaimPending.Claimed claim(@HeaderParam("Idempotency-Key") @Nullable String key, Batch batch) {
        return commands.send(new ClaimPending(batch.size()), security, key);
    }

    @POST
    @Path("/poll")
    @Operation(
            operationId = "pollSuspended",
            summary = "Send workers to the suspended stages that are due to be polled")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "PollRequest")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Polled")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public PollSuspended.Due poll(@HeaderParam("Idempotency-Key") @Nullable String key, PollRequest body) {
        return commands.send(body.command(), security, key);
    }

    @POST
    @Path("/reap")
    @Operation(operationId = "reapStale", summary = "Take steps back from workers whose lease ran out")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Reaped")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public ReapStale.Reaped reap(@HeaderParam("Idempotency-Key") @Nullable String key, Batch batch) {
        return commands.send(new ReapStale(batch.size()), security, key);
    }

    @POST
    @Path("/flush")
    @Operation(operationId = "flushOutbox", summary = "Deliver recorded events")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Flushed")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public FlushOutbox.Flushed flush(@HeaderParam("Idempotency-Key") @Nullable String key, Batch batch) {
        return commands.send(new FlushOutbox(batch.size()), security, key);
    }

    @POST
    @Path("/repair")
    @Operation(operationId = "repairRuns", summary = "Move runs on in which nothing would ever happen by itself")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Batch")))
    @APIResponse(
            responseCode = "200",
            description = "The outcome",
            content = @Content(schema = @Schema(ref = "Repaired")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public RepairRuns.Repaired repair(@HeaderParam("Idempotency-Key") @Nullable String key, Batch batch) {
        return commands.send(new RepairRuns(batch.size()), security, key);
    }
}
