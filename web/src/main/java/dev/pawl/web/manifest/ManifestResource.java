package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.host.Deployment;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.ProgramSource;
import dev.pawl.manifest.host.Programs;
import dev.pawl.manifest.host.StoredProgram;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.syntax.Grammar;
import dev.pawl.web.entity.Authenticated;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The programs of this server. */
@RequestScoped
@Path("/manifests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "manifests")
@APIResponse(responseCode = "500", ref = "InternalError")
public class ManifestResource {

    private static final int UNPROCESSABLE = 422;

    @Inject
    Programs programs;

    @GET
    @Operation(operationId = "listManifests", summary = "The programs that run, each in its newest version")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "ManifestList")))
    public Response list() {
        ObjectNode body = JsonCodec.object();
        ArrayNode items = body.putArray("items");
        programs.running().forEach(program -> items.add(ProgramJson.summary(program)));
        return json(200, body).build();
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getManifest", summary = "One program: its source, its entities and all its versions")
    @APIResponse(
            responseCode = "200",
            description = "The program",
            content = @Content(schema = @Schema(ref = "Manifest")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response get(@PathParam("name") String name) {
        List<StoredProgram> versions = ProgramSource.isName(name) ? programs.versions(name) : List.of();
        if (versions.isEmpty()) {
            throw new RequestException(HttpFault.NOT_FOUND, "There is no program '" + name + "'");
        }
        return json(200, ProgramJson.whole(versions, running(name))).build();
    }

    @GET
    @Path("/openapi")
    @Operation(
            operationId = "entityOpenApi",
            summary = "The entities of the running programs as an OpenAPI document of their own")
    @APIResponse(
            responseCode = "200",
            description = "OpenAPI 3.1 with a path for every command and the schema of its input",
            content = @Content(schema = @Schema(ref = "AnyJson")))
    public Response openApi() {
        return json(
                        200,
                        EntityOpenApi.of(programs.running().stream()
                                .map(LivePrograms.Live::ir)
                                .toList()))
                .build();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "deployManifest",
            summary = "Deploy a program as the next version of its name",
            description = "The body is the program. One that does not compile, or that declares what another program"
                    + " declares, changes nothing.")
    @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "201",
            description = "Deployed; the program runs on this server now and on the others within a second or two",
            content = @Content(schema = @Schema(ref = "Manifest")))
    @APIResponse(
            responseCode = "200",
            description = "This text is the running version already",
            content = @Content(schema = @Schema(ref = "Manifest")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(
            responseCode = "422",
            description = "The program is broken; the diagnostics say where",
            content = @Content(schema = @Schema(ref = "Compilation")))
    public Response deploy(
            @QueryParam("name") @Parameter(description = "Name of the program", required = true) @Nullable String name,
            @QueryParam("grammar") @Parameter(description = "extended (the default) or published") @Nullable
                    String grammar,
            @Context SecurityContext security,
            InputStream body) {
        ProgramSource source = source(name, grammar(grammar), ProgramText.read(body));
        Deployment deployment = programs.deploy(source, Authenticated.name(security));
        if (deployment instanceof Deployment.Broken broken) {
            return json(UNPROCESSABLE, ProgramJson.broken(broken.diagnostics())).build();
        }
        if (deployment instanceof Deployment.Clashing clashing) {
            throw new RequestException(HttpFault.NAME_TAKEN, clashing.message());
        }
        Deployment.Deployed deployed = (Deployment.Deployed) deployment;
        ObjectNode shown = ProgramJson.whole(programs.versions(source.name()), running(source.name()));
        shown.set("diagnostics", JsonCodec.toTree(deployed.diagnostics()));
        return json(deployed.fresh() ? 201 : 200, shown)
                .header(HttpHeaders.LOCATION, "/api/manifests/" + source.name())
                .build();
    }

    @POST
    @Path("/compile")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "compileManifest", summary = "Compile a program and change nothing")
    @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "200",
            description = "The compiled form, or null, and everything there is to say",
            content = @Content(schema = @Schema(ref = "Compilation")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response compile(
            @QueryParam("grammar") @Parameter(description = "extended (the default) or published") @Nullable
                    String grammar,
            InputStream body) {
        Compilation compilation = ManifestCompiler.compile(ProgramText.read(body), grammar(grammar));
        ObjectNode shown = JsonCodec.object().put("success", compilation.success());
        shown.set("ir", compilation.ir().map(IrJson::write).orElse(null));
        shown.set("diagnostics", JsonCodec.toTree(compilation.diagnostics()));
        return json(200, shown).build();
    }

    private Optional<LivePrograms.Live> running(String name) {
        return programs.running().stream()
                .filter(program -> program.stored().source().name().equals(name))
                .findFirst();
    }

    private static ProgramSource source(@Nullable String name, Grammar grammar, String text) {
        try {
            return new ProgramSource(name == null ? "" : name, grammar, text);
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("name", String.valueOf(e.getMessage()));
        }
    }

    private static Grammar grammar(@Nullable String value) {
        if (value == null || value.isEmpty() || value.equals("extended")) {
            return Grammar.EXTENDED;
        }
        if (value.equals("published")) {
            return Grammar.PUBLISHED;
        }
        throw RequestException.parameter("grammar", "extended or published is expected");
    }

    private static Response.ResponseBuilder json(int status, ObjectNode body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(body.toString());
    }
}
