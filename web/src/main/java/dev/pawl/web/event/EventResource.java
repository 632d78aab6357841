package dev.pawl.web.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.CloudEvents;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.FlowTree;
import dev.pawl.engine.query.Page;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.web.SendCommand;
import dev.pawl.web.TextParameter;
import dev.pawl.web.entity.Authenticated;
import dev.pawl.web.json.AnyJson;
import dev.pawl.web.part.LongPartParameters;
import dev.pawl.web.part.PartParameters;
import dev.pawl.web.problem.RequestException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
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

/** Events: those that come from outside, and what runs and entity commands recorded. */
@RequestScoped
@Path("/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events")
@APIResponse(responseCode = "500", ref = "InternalError")
public class EventResource {

    private static final int LARGEST_FLOW = 10_000;

    @Inject
    EventHistory history;

    @Inject
    FlowQueries flows;

    @Inject
    SendCommand commands;

    @Context
    SecurityContext security;

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json", "application/cloudevents-batch+json"})
    @Operation(
            operationId = "publishEvents",
            summary = "Publish one CloudEvent or a batch: runs that wait for it go on, and an early one is kept",
            description = "In the JSON format, or in binary mode: attributes as headers ce-…, the body being the data."
                    + " An event that came before, as its source and id tell, is accepted and does nothing.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "CloudEventOrBatch")),
                @Content(mediaType = "application/cloudevents+json", schema = @Schema(ref = "CloudEventOrBatch")),
                @Content(mediaType = "application/cloudevents-batch+json", schema = @Schema(ref = "CloudEventOrBatch"))
            })
    @APIResponse(
            responseCode = "202",
            description = "All of them are accepted",
            content = @Content(schema = @Schema(ref = "Accepted")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public Response publish(
            @Context HttpHeaders headers, @HeaderParam("Idempotency-Key") @Nullable String key, AnyJson body) {
        PublishEvents.Accepted accepted =
                commands.send(CloudEvents.read(BinaryMode.event(headers, body.json())), security, key);
        return Response.accepted(accepted).build();
    }

    @GET
    @Operation(
            operationId = "listEvents",
            summary = "The event log, in order",
            description =
                    "With a correlation id, the events of the flow, those of its runs among them; without one, or of an"
                            + " entity, the events of entity commands.")
    @APIResponse(
            responseCode = "200",
            description = "One part",
            content = @Content(schema = @Schema(ref = "FlowEventList")))
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response list(
            @QueryParam("correlationId") @Parameter(description = "Only events of this flow") @Nullable
                    String correlationId,
            @QueryParam("name") @Parameter(description = "Only events of this name") @Nullable String name,
            @QueryParam("entity")
                    @Parameter(description = "Only events about instances of this entity, or, as Entity/id, of one")
                    @Nullable
                    String entity,
            @BeanParam LongPartParameters part) {
        String flow = TextParameter.text("correlationId", correlationId);
        String about = TextParameter.text("entity", entity);
        return flow != null && about == null
                ? flow(flow, TextParameter.text("name", name), part)
                : ofEntities(wanted(flow, TextParameter.text("name", name), about), part);
    }

    private Response flow(String correlationId, @Nullable String name, PartParameters part) {
        Page<FlowEvent> page = part.of(
                (cursor, limit) -> flows.events(tenant(), correlationId, Optional.ofNullable(name), cursor, limit));
        ObjectNode body = JsonCodec.object();
        ArrayNode items = body.putArray("items");
        page.items().forEach(event -> items.add(FlowJson.of(event)));
        if (page.next() != null) {
            body.put("next", page.next());
        }
        return Response.ok(body.toString()).build();
    }

    private Response ofEntities(EventHistory.Wanted wanted, PartParameters part) {
        long after = TextParameter.number("cursor", part.cursor(), 0, 0, Long.MAX_VALUE);
        int most = part.limit();
        List<EventHistory.Recorded> found = history.find(wanted, after, most + 1);
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
        List<FlowEvent> events = flows.events(tenant(), flow, Optional.empty(), Optional.empty(), LARGEST_FLOW)
                .items();
        ObjectNode body = JsonCodec.object().put("correlationId", flow);
        addNodes(body.putArray("roots"), FlowTree.of(events).roots());
        return Response.ok(body.toString()).build();
    }

    private EventHistory.Wanted wanted(@Nullable String correlationId, @Nullable String name, @Nullable String entity) {
        int slash = entity == null ? -1 : entity.indexOf('/');
        return new EventHistory.Wanted(
                tenant(),
                correlationId,
                name,
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

    private static void addNodes(ArrayNode to, List<FlowTree.Node> nodes) {
        for (FlowTree.Node node : nodes) {
            ObjectNode json = to.addObject();
            json.set("event", FlowJson.of(node.event()));
            addNodes(json.putArray("effects"), node.effects());
        }
    }
}
