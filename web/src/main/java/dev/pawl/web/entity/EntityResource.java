package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.EntityView;
import dev.pawl.manifest.runtime.InstancePage;
import dev.pawl.manifest.runtime.ReadRefused;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.web.json.AnyObject;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The instances of an entity and its commands. The body of a command's answer is always the command result. */
@RequestScoped
@Path("/entities/{entity}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "entities")
@APIResponse(responseCode = "500", ref = "InternalError")
public class EntityResource {

    @Inject
    Entities entities;

    @Context
    SecurityContext security;

    @Context
    UriInfo uri;

    @PathParam("entity")
    String entity;

    @GET
    @Operation(
            operationId = "listInstances",
            summary = "Instances in the order of their ids, with computed properties",
            description = "Every query parameter but limit, cursor and include names a property and the value it has.")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "InstanceList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response list() {
        InstanceParameters parameters = InstanceParameters.read(declared(), uri.getQueryParameters());
        InstancePage page = entities.query(parameters.query(), caller());
        ObjectNode body = JsonCodec.object();
        ArrayNode items = body.putArray("items");
        page.items().forEach(item -> items.add(item.toJson()));
        if (page.next() != null) {
            body.put("next", InstanceParameters.cursor(page.next()));
        }
        return Response.ok(body.toString()).build();
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getInstance",
            summary = "One instance, with computed properties and asked-for relationships")
    @APIResponse(
            responseCode = "200",
            description = "The instance",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Its version",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(ref = "Instance")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response get(@PathParam("id") String id) {
        declared();
        Set<String> include = InstanceParameters.include(uri.getQueryParameters());
        return found(entities.get(entity, id, include, caller())
                .orElseThrow(() -> new RequestException(
                        HttpFault.NOT_FOUND, "There is no " + entity + " '" + id + "' that you may see")));
    }

    @POST
    @Operation(
            operationId = "createInstance",
            summary = "Run the create command, which every entity has",
            description = "The id may be given in the body.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "CommandInput")))
    @APIResponse(
            responseCode = "201",
            description = "The instance; Location and ETag say where and in which version",
            content = @Content(schema = @Schema(ref = "Instance")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Refused")
    @APIResponse(responseCode = "404", ref = "Refused")
    @APIResponse(responseCode = "409", ref = "Refused")
    @APIResponse(responseCode = "422", ref = "Refused")
    public Response create(@BeanParam CommandHeaders headers, AnyObject body) {
        CommandResult result = entities.execute(
                headers.call(entity, "create", null, body.json()).by(caller()));
        EntityView created = result.instance();
        if (!result.success() || created == null) {
            return ResultResponse.of(result);
        }
        EntityView shown = seen(created);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/entities/" + entity + "/" + encoded(created.id()))
                .header(HttpHeaders.ETAG, ResultResponse.etag(shown.version()))
                .entity(shown.toJson().toString())
                .build();
    }

    /** The instance as its reader sees it; as it was stored, when that cannot be shown: it is there all the same. */
    private EntityView seen(EntityView created) {
        try {
            return entities.get(entity, created.id(), Set.of(), caller()).orElse(created);
        } catch (ReadRefused | EvaluationBudgetExceeded e) {
            return created;
        }
    }

    @POST
    @Path("/commands/{command}")
    @Operation(
            operationId = "runCommandOnNewInstance",
            summary = "Create an instance and run a command on it, in one transaction")
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
        return execute(command, null, headers, body);
    }

    @POST
    @Path("/{id}/commands/{command}")
    @Operation(operationId = "runCommand", summary = "Run a command on an instance, in one transaction")
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
    public Response runOn(
            @PathParam("id") String id,
            @PathParam("command") String command,
            @BeanParam CommandHeaders headers,
            AnyObject body) {
        return execute(command, id, headers, body);
    }

    private Response execute(String command, @Nullable String id, CommandHeaders headers, AnyObject body) {
        return ResultResponse.of(
                entities.execute(headers.call(entity, command, id, body.json()).by(caller())));
    }

    private Caller caller() {
        return Authenticated.caller(security);
    }

    private Entity declared() {
        return entities.declared(entity)
                .orElseThrow(() -> new RequestException(
                        HttpFault.NOT_FOUND, "No deployed program has an entity '" + entity + "'"));
    }

    private static Response found(EntityView view) {
        return Response.ok(view.toJson().toString())
                .header(HttpHeaders.ETAG, ResultResponse.etag(view.version()))
                .build();
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
