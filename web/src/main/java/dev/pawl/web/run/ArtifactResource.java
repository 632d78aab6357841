package dev.pawl.web.run;

import dev.pawl.api.Artifact;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex.RunMissingException;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.work.ArtifactStore;
import dev.pawl.engine.work.ArtifactStore.Author;
import dev.pawl.engine.work.ArtifactStore.OpenArtifact;
import dev.pawl.engine.work.ArtifactTooLargeException;
import dev.pawl.web.Requester;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.LongPartParameters;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The artifacts of a run. Bytes go through a part at a time, in both directions. */
@RequestScoped
@Path("/runs/{runId}/artifacts")
@Tag(name = "runs")
@APIResponse(responseCode = "500", ref = "InternalError")
public class ArtifactResource {

    /** What people stored must not act as a page of this server. */
    private static final String NO_PAGE = "default-src 'none'; sandbox";

    @Inject
    ReadRuns runs;

    @Inject
    ArtifactStore artifacts;

    @Context
    SecurityContext security;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listArtifacts", summary = "What is kept with a run, in order of the keys")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "ArtifactList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Page<Artifact> list(
            @PathParam("runId") String id,
            @QueryParam("prefix") @Parameter(description = "Only those whose keys begin with this") @Nullable
                    String prefix,
            @BeanParam LongPartParameters part) {
        String begin = TextParameter.text("prefix", prefix);
        String after = KeyCursor.decode(part.cursor());
        int most = part.limit();
        List<Artifact> found = artifacts.list(run(id), begin == null ? "" : begin, after, most + 1);
        List<Artifact> shown = found.subList(0, Math.min(most, found.size()));
        return new Page<>(
                shown,
                found.size() > most
                        ? KeyCursor.encode(shown.get(shown.size() - 1).key())
                        : null);
    }

    @GET
    @Path("/{key: .+}")
    @Operation(operationId = "getArtifact", summary = "The bytes of an artifact; its key may hold slashes")
    @APIResponse(responseCode = "200", ref = "ArtifactContent")
    @APIResponse(responseCode = "304", ref = "NotModified")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response get(@PathParam("runId") String id, @PathParam("key") String key, @Context Request request) {
        OpenArtifact open = open(run(id), key);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag(open.artifact()));
        if (unchanged != null) {
            close(open);
            return unchanged.build();
        }
        StreamingOutput content = out -> {
            try (open) {
                open.content().transferTo(out);
            }
        };
        return described(Response.ok(content), open.artifact()).build();
    }

    @HEAD
    @Path("/{key: .+}")
    @Operation(hidden = true)
    public Response head(@PathParam("runId") String id, @PathParam("key") String key) {
        Artifact artifact = artifacts.find(run(id), key).orElseThrow(() -> unknown(id, key));
        return described(Response.ok(), artifact).build();
    }

    @PUT
    @Path("/{key: .+}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putArtifact",
            summary = "Keep a body of any type with a run, in the place of what has the key")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "200", description = "Replaced", content = @Content(schema = @Schema(ref = "Artifact")))
    @APIResponse(responseCode = "201", description = "New", content = @Content(schema = @Schema(ref = "Artifact")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "413", ref = "ContentTooLarge")
    public Response put(
            @PathParam("runId") String id,
            @PathParam("key") String key,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            InputStream body) {
        RunId run = run(id);
        String type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : contentType;
        checkNames(key, type);
        try {
            ArtifactStore.Put put = artifacts.put(run, key, type, body, Author.OUTSIDE);
            return Response.status(put.isNew() ? Response.Status.CREATED : Response.Status.OK)
                    .tag(tag(put.artifact()))
                    .entity(put.artifact())
                    .build();
        } catch (IOException e) {
            throw new RequestException(HttpFault.MALFORMED_REQUEST, "The body broke off: " + e.getMessage());
        } catch (RunMissingException e) {
            throw ReadRuns.unknown(id);
        } catch (ArtifactTooLargeException e) {
            throw new RequestException(HttpFault.PAYLOAD_TOO_LARGE, String.valueOf(e.getMessage()));
        }
    }

    @DELETE
    @Path("/{key: .+}")
    @Operation(operationId = "deleteArtifact", summary = "Remove an artifact")
    @APIResponse(responseCode = "204", ref = "Gone")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public void delete(@PathParam("runId") String id, @PathParam("key") String key) {
        if (!artifacts.delete(run(id), key)) {
            throw unknown(id, key);
        }
    }

    private RunId run(String id) {
        return runs.existing(id, Requester.of(security));
    }

    private OpenArtifact open(RunId run, String key) {
        return artifacts.open(run, key).orElseThrow(() -> unknown(run.value(), key));
    }

    private static void close(OpenArtifact open) {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder response, Artifact artifact) {
        return response.tag(tag(artifact))
                .lastModified(Date.from(artifact.createdAt()))
                .header(HttpHeaders.CONTENT_TYPE, artifact.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, artifact.size())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", NO_PAGE);
    }

    private static EntityTag tag(Artifact artifact) {
        return new EntityTag(artifact.sha256());
    }

    private static void checkNames(String key, String contentType) {
        check("/key", () -> StoredArtifact.checkedKey(key));
        check("/contentType", () -> StoredArtifact.checkedType(contentType));
    }

    private static void check(String pointer, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new RequestException(HttpFault.VALIDATION_FAILED, message, List.of(new FieldError(pointer, message)));
        }
    }

    private static RefusedException unknown(String run, String key) {
        String shown = key.length() > 100 ? key.substring(0, 100) + "…" : key;
        return new RefusedException(
                Refusal.of(RefusalCode.ARTIFACT_NOT_FOUND, "Run " + run + " has no artifact '" + shown + "'"));
    }
}
