package dev.pawl.web.operation;

import dev.pawl.engine.port.MovableClock;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moves the engine's clock ahead on servers that exist to be tested. */
@RequestScoped
@Path("/test/clock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class TestClockResource {

    @Inject
    MovableClock clock;

    /** By how much. */
    public record Move(Duration advance) {
        public Move {
            if (advance == null || advance.isNegative()) {
                throw new IllegalArgumentException("advance is a duration of at least zero, PT1H for instance");
            }
        }
    }

    public record Now(Instant now) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "moveClock", summary = "Move the clock ahead, where pawl.test.clock-movable allows it")
    @APIResponse(
            responseCode = "200",
            description = "The time it is now",
            content = @Content(schema = @Schema(ref = "Now")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Now move(Move move) {
        if (!clock.isMovable()) {
            throw new RequestException(HttpFault.NOT_FOUND, "The clock of this server does not move");
        }
        return new Now(clock.advance(move.advance()));
    }
}
