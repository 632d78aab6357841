package dev.pawl.web.entity;

import dev.pawl.manifest.host.Entities;
import dev.pawl.web.json.AnyObject;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
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

/** The commands that belong to a program and to no entity. */
@RequestScoped
@Path("/commands/{command}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "entities")
@APIResponse(responseCode = "500", ref = "InternalError")
public class CommandResource {

    @Inject
    Entities entities;

    @Context
    SecurityContext security;

    @POST
    @Operation(operationId = "runProgramCommand", summary = "Run a command of a program, in one transaction")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "CommandInput")))
    @APIResponse(
            responseCode = "200",
            description = "The command result",
            content = @Content(schema = @Schema(ref = "CommandResult")))
    @APIResponse(
            responseCode = "202",
            description = "An async command: accepted; the run at Location is the job",
            content = @Content(schema = @Schema(ref = "CommandResult")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Refused")
    @APIResponse(responseCode = "404", ref = "Refused")
    @APIResponse(responseCode = "409", ref = "Refused")
    @APIResponse(responseCode = "422", ref = "Refused")
    public Response run(@PathParam("command") String command, @BeanParam CommandHeaders headers, AnyObject body) {
        return ResultResponse.of(
                entities.execute(headers.call(command, body.json()).by(Authenticated.caller(security))));
    }
}
