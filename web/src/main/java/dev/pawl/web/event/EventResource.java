package dev.pawl.web.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.manifest.runtime.port.CausalTree;
import dev.pawl.web.TextParameter;
import dev.pawl.web.entity.Authenticated;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What entity commands recorded. */
@RequestScoped
@Path("/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
@APIResponse(responseCode = "500", ref = "InternalError")
public class EventResource {

    private static final int USUAL_LIMIT = 200;
    private static final int HIGHEST_LIMIT = 1_000;
    private static final int LARGEST_FLOW = 10_000;

    @Inject
    EventHistory history;

    @Context
    SecurityContext security;

    @GET
    @Operation(operationId = "listEvents", summary = "The event log of entity commands, in order")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "EntityEventList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response list(
            @QueryParam("correlationId") @Parameter(description = "Only events of this flow") @Nullable
                    String correlationId,
            @QueryParam("name") @Parameter(description = "Only events of this name") @Nullable String name,
            @QueryParam("entity")
                    @Parameter(description = "Only events about instances of this entity, or, as Entity/id, of one")
                    @Nullable
                    String entity,
            @QueryParam("cursor") @Parameter(description = "The member next of the part before") @Nullable
                    String cursor,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 1000",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "200"))
                    @Nullable
                    String limit) {
        int most = (int) TextParameter.number("limit", limit, USUAL_LIMIT, 1, HIGHEST_LIMIT);
        long after = TextParameter.number("cursor", cursor, 0, 0, Long.MAX_VALUE);
        List<EventHistory.Recorded> found =
                history.find(wanted(correlationId, name, TextParameter.text("entity", entity)), after, most + 1);
        ObjectNode body = JsonCodec.object();
        ArrayNode items = body.putArray("items");
        found.stream().limit(most).forEach(event -> items.add(json(event)));
        if (found.size() > most) {
            body.put("next", Long.toString(found.get(most - 1).position()));
        }
        return Response.ok(body.toString()).build();
    }

    @GET
    @Path("/tree")
    @Operation(operationId = "eventTree", summary = "The events of a flow by what caused what")
    @APIResponse(
            responseCode = "200",
            description = "Events nobody in the flow caused, each with its effects",
            content = @Content(schema = @Schema(ref = "EventTree")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response tree(@QueryParam("correlationId") @Parameter(required = true) @Nullable String correlationId) {
        String flow = TextParameter.text("correlationId", correlationId);
        if (flow == null) {
            throw RequestException.parameter("correlationId", "the flow whose events are wanted is expected");
        }
        List<EventHistory.Recorded> events =
                history.find(EventHistory.Wanted.ofTenant(tenant()).withCorrelation(flow), 0, LARGEST_FLOW);
        ObjectNode body = JsonCodec.object().put("correlationId", flow);
        addNodes(
                body.putArray("roots"),
                CausalTree.of(events.stream().map(EventHistory.Recorded::event).toList())
                        .roots());
        return Response.ok(body.toString()).build();
    }

    private EventHistory.Wanted wanted(@Nullable String correlationId, @Nullable String name, @Nullable String entity) {
        int slash = entity == null ? -1 : entity.indexOf('/');
        return new EventHistory.Wanted(
                tenant(),
                TextParameter.text("correlationId", correlationId),
                TextParameter.text("name", name),
                entity == null || slash < 0 ? entity : entity.substring(0, slash),
                entity == null || slash < 0 ? null : entity.substring(slash + 1));
    }

    private String tenant() {
        return Authenticated.caller(security).tenant();
    }

    private static ObjectNode json(EventHistory.Recorded recorded) {
        ObjectNode json = recorded.event().toJson();
        json.put("sequence", recorded.sequence());
        json.put("occurredAt", recorded.event().occurredAt().toString());
        return json;
    }

    private static void addNodes(ArrayNode to, List<CausalTree.Node> nodes) {
        for (CausalTree.Node node : nodes) {
            ObjectNode json = to.addObject();
            json.set("event", node.event().toJson());
            addNodes(json.putArray("effects"), node.effects());
        }
    }
}
