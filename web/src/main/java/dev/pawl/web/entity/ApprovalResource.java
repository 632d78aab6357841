package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.ApprovalRequests;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.ApprovalAnswer;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.web.TextParameter;
import dev.pawl.web.json.AnyObject;
import dev.pawl.web.part.ShortPartParameters;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The commands that wait for the approval of others. */
@RequestScoped
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "approvals")
@APIResponse(responseCode = "500", ref = "InternalError")
public class ApprovalResource {

    @Inject
    ApprovalRequests approvals;

    @Context
    SecurityContext security;

    @GET
    @Operation(
            operationId = "listApprovals",
            summary = "Requests for approval in the order they were made, as far as the caller may see their instances")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "ApprovalList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response list(
            @QueryParam("status") @Parameter(description = "pending, granted, denied or expired") @Nullable
                    String status,
            @QueryParam("entity") @Parameter(description = "Of instances of this entity") @Nullable String entity,
            @QueryParam("id") @Parameter(description = "Of this instance of the entity") @Nullable String instance,
            @BeanParam ShortPartParameters part) {
        int most = part.limit();
        List<ApprovalRequest> found = approvals.list(
                new ApprovalStore.Wanted(
                        caller().tenant(),
                        status(status),
                        TextParameter.text("entity", entity),
                        TextParameter.text("id", instance),
                        part.cursor(),
                        most),
                caller());
        ObjectNode body = JsonCodec.object();
        ArrayNode items = body.putArray("items");
        found.forEach(request -> items.add(request.toPublicJson()));
        if (found.size() == most) {
            body.put("next", found.get(most - 1).id());
        }
        return Response.ok(body.toString()).build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApproval", summary = "One request for approval")
    @APIResponse(
            responseCode = "200",
            description = "The request",
            content = @Content(schema = @Schema(ref = "Approval")))
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response get(@PathParam("id") String id) {
        return shown(approvals
                .find(id, caller())
                .orElseThrow(() -> new RequestException(
                        HttpFault.NOT_FOUND, "There is no request for approval '" + id + "' that you may see")));
    }

    @POST
    @Path("/{id}/approve")
    @Operation(
            operationId = "approve",
            summary = "Approve as the authenticated caller",
            description = "With a stage, that one; without, every open stage whose policy allows the caller. The last"
                    + " approval runs the command, on behalf of who called it; the result is in the answer.")
    @RequestBody(content = @Content(schema = @Schema(ref = "Approve")))
    @APIResponse(
            responseCode = "200",
            description = "The request as it stands now",
            content = @Content(schema = @Schema(ref = "Approval")))
    @APIResponse(responseCode = "403", ref = "Refused")
    @APIResponse(responseCode = "404", ref = "Refused")
    @APIResponse(responseCode = "409", ref = "Refused")
    public Response approve(@PathParam("id") String id, AnyObject body) {
        return answer(approvals.approve(id, text(body, "stage", false), caller()));
    }

    @POST
    @Path("/{id}/reject")
    @Operation(
            operationId = "reject",
            summary = "Reject as the authenticated caller, who might approve an open stage or has made the call")
    @RequestBody(content = @Content(schema = @Schema(ref = "Reject")))
    @APIResponse(
            responseCode = "200",
            description = "The request as it stands now",
            content = @Content(schema = @Schema(ref = "Approval")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "403", ref = "Refused")
    @APIResponse(responseCode = "404", ref = "Refused")
    @APIResponse(responseCode = "409", ref = "Refused")
    public Response reject(@PathParam("id") String id, AnyObject body) {
        String reason = Objects.requireNonNull(text(body, "reason", true));
        return answer(approvals.reject(id, reason, caller()));
    }

    private Caller caller() {
        return Authenticated.caller(security);
    }

    private static Response answer(ApprovalAnswer answer) {
        Refusal refusal = answer.refusal();
        if (refusal == null) {
            return shown(Objects.requireNonNull(answer.request()));
        }
        ObjectNode body = JsonCodec.object()
                .put("success", false)
                .put("code", refusal.code().name())
                .put("error", refusal.message());
        return Response.status(ResultResponse.status(refusal.code()))
                .type(MediaType.APPLICATION_JSON)
                .entity(body.toString())
                .build();
    }

    private static Response shown(ApprovalRequest request) {
        return Response.ok(request.toPublicJson().toString()).build();
    }

    private static Approval.@Nullable Status status(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Approval.Status.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("status", "pending, granted, denied or expired is expected");
        }
    }

    private static @Nullable String text(AnyObject body, String member, boolean required) {
        JsonNode value = body.json().path(member);
        if (value.isMissingNode() && !required) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new RequestException(
                    HttpFault.VALIDATION_FAILED,
                    "The body does not fit: /" + member + ": a text is expected",
                    List.of(new FieldError("/" + member, "a text is expected")));
        }
        return value.textValue();
    }
}
