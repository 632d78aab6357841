package dev.pawl.web.operation;

import dev.pawl.engine.retention.Purged;
import dev.pawl.engine.retention.Retention;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.Maintenance.TickCounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What timers do, on demand. */
@RequestScoped
@Path("/maintenance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class MaintenanceResource {

    /** Callers do not wait for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Inject
    Maintenance maintenance;

    @Inject
    Retention retention;

    @POST
    @Path("/tick")
    @Operation(operationId = "tick", summary = "Claim, poll, reap and relay once")
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
}
