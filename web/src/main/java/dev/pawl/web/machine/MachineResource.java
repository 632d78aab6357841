package dev.pawl.web.machine;

import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.query.MachineQueries;
import dev.pawl.engine.query.MachineView;
import dev.pawl.web.Requester;
import dev.pawl.web.json.AnyValue;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Instances of state machines. */
@RequestScoped
@Path("/machines/{id}/{instance}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "machines")
@APIResponse(responseCode = "500", ref = "InternalError")
public class MachineResource {

    @Inject
    CommandBus bus;

    @Inject
    MachineQueries machines;

    @Context
    SecurityContext security;

    @PathParam("id")
    String machine;

    @PathParam("instance")
    String instance;

    @GET
    @Operation(
            operationId = "getMachineInstance",
            summary = "The state of an instance, its data, and what may come next")
    @APIResponse(
            responseCode = "200",
            description = "The instance",
            content = @Content(schema = @Schema(ref = "MachineInstance")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public MachineView get() {
        return machines.find(Requester.of(security).tenant(), machine, instance)
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.INSTANCE_NOT_FOUND,
                        "There is no instance '" + instance + "' of a state machine '" + machine + "'")));
    }

    @PUT
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "startMachineInstance", summary = "Bring an instance into being, with this data")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AnyValue")))
    @APIResponse(
            responseCode = "201",
            description = "The instance in its initial state",
            content = @Content(schema = @Schema(ref = "MachineMove")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public Response start(@HeaderParam("Idempotency-Key") @Nullable String key, AnyValue data) {
        return Response.status(Response.Status.CREATED)
                .entity(execute(new StartMachine(machine, instance, data.json()), key))
                .build();
    }

    @POST
    @Path("/events/{event}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "sendMachineEvent", summary = "Send an event to an instance; the body is its payload")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AnyValue")))
    @APIResponse(
            responseCode = "200",
            description = "Where the instance stands now",
            content = @Content(schema = @Schema(ref = "MachineMove")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public StartMachine.Instance send(
            @PathParam("event") String event, @HeaderParam("Idempotency-Key") @Nullable String key, AnyValue payload) {
        return execute(new SendEvent(machine, instance, event, payload.json()), key);
    }

    private <R> R execute(Command<R> command, @Nullable String key) {
        Envelope<R> envelope = Envelope.of(command, Requester.of(security));
        return bus.execute(key == null ? envelope : envelope.withIdempotencyKey(key))
                .orThrow();
    }
}
