package dev.pawl.ejb.store.sql;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.query.FlowEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the events of a flow, those of runs and those of entity commands, each in order of time. */
public final class FlowRows {

    /** Most runs are their own correlation: those are found by id, the others by an index that holds no more. */
    private static final String OF_RUNS = "select c.run_id, c.first_sequence, c.occurred_at, c.causation_id, c.events,"
            + " r.workflow_id, r.parent_id from pawl_run r join pawl_event_chunk c on c.run_id = r.id"
            + " where r.tenant = ? and ((r.correlation_id = ? and r.correlation_id <> r.id)"
            + " or (r.id = ? and r.correlation_id = ?))"
            + " and (c.occurred_at, c.run_id, c.last_sequence) > (?, ?, ?)%s"
            + " order by c.occurred_at, c.run_id, c.first_sequence limit ?";

    private static final String WITH_TYPE = " and c.events like ? escape '!'";

    private static final String OF_ENTITIES = "select position, stream, sequence, occurred_at, causation_id, name,"
            + " payload, id, entity, instance_id, command, channel, emit_index from pawl_entity_event"
            + " where tenant = ? and correlation_id = ? and (occurred_at, position) > (?, ?)%s"
            + " order by occurred_at, position limit ?";

    private static final String WITH_NAME = " and name = ?";

    /** Which flow. */
    public record Flow(String tenant, String correlationId, Optional<String> type) {}

    /**
     * A place in the order of a flow: events of entity commands come before those of runs of the same time.
     *
     * @param at what the order goes by; for a run's event, when the last one recorded with it occurred
     * @param position of the event of an entity command; {@link Long#MAX_VALUE} for that of a run
     * @param run empty for the event of an entity command
     */
    public record Place(Instant at, long position, String run, long sequence) implements Comparable<Place> {

        public static final Place BEGIN = new Place(Instant.EPOCH, 0, "", 0);

        static Place ofEntity(Instant at, long position) {
            return new Place(at, position, "", 0);
        }

        static Place ofRun(Instant at, String run, long sequence) {
            return new Place(at, Long.MAX_VALUE, run, sequence);
        }

        @Override
        public int compareTo(Place other) {
            int order = at.compareTo(other.at);
            order = order != 0 ? order : Long.compare(position, other.position);
            order = order != 0 ? order : run.compareTo(other.run);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /** An event and its place. */
    public record Placed(Place place, FlowEvent event) {}

    private FlowRows() {}

    /** At least so many events of runs as the limit says, if there are; all of those have a greater place. */
    public static List<Placed> ofRuns(Connection connection, Flow flow, Place after, int limit) throws SQLException {
        List<Placed> found = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(OF_RUNS.formatted(flow.type().isPresent() ? WITH_TYPE : ""))) {
            Parameters parameters = Parameters.of(statement)
                    .text(flow.tenant())
                    .text(flow.correlationId())
                    .text(flow.correlationId())
                    .text(flow.correlationId())
                    .time(after.at())
                    .text(after.run())
                    .number(after.sequence());
            if (flow.type().isPresent()) {
                parameters.text("%" + escaped(EventText.mark(flow.type().get())) + "%");
            }
            parameters.number(limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    add(new Row(result), flow, after, found);
                }
            }
        }
        return found;
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static void add(Row row, Flow flow, Place after, List<Placed> found) throws SQLException {
        String run = row.text();
        long first = row.number();
        Instant at = row.time();
        String cause = row.text();
        List<RunEvent> events = EventText.readable(row.text(), first, at, cause);
        String workflow = row.text();
        @Nullable String parent = row.textOrNull();
        for (RunEvent event : events) {
            Place place = Place.ofRun(at, run, event.sequence());
            if (place.compareTo(after) > 0
                    && flow.type().map(event.type()::equals).orElse(true)) {
                found.add(new Placed(
                        place,
                        new FlowEvent(
                                run + ":" + event.sequence(),
                                run,
                                event.sequence(),
                                event.type(),
                                event.occurredAt(),
                                flow.tenant(),
                                flow.correlationId(),
                                event.causationId(),
                                JsonCodec.parse(event.payload()),
                                workflow,
                                parent,
                                Optional.empty())));
            }
        }
    }

    public static List<Placed> ofEntities(Connection connection, Flow flow, Place after, int limit)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(OF_ENTITIES.formatted(flow.type().isPresent() ? WITH_NAME : ""))) {
            Parameters parameters = Parameters.of(statement)
                    .text(flow.tenant())
                    .text(flow.correlationId())
                    .time(after.at())
                    .number(after.position());
            if (flow.type().isPresent()) {
                parameters.text(flow.type().get());
            }
            parameters.number(limit);
            return Row.list(statement, row -> ofEntity(row, flow));
        }
    }

    private static Placed ofEntity(Row row, Flow flow) throws SQLException {
        long position = row.number();
        String stream = row.text();
        long sequence = row.number();
        Instant at = row.time();
        String cause = row.text();
        String name = row.text();
        String payload = row.text();
        About about = row.about();
        return new Placed(
                Place.ofEntity(at, position),
                new FlowEvent(
                        about.eventId(),
                        stream,
                        sequence,
                        name,
                        at,
                        flow.tenant(),
                        flow.correlationId(),
                        cause,
                        JsonCodec.parse(payload),
                        null,
                        null,
                        Optional.of(about)));
    }
}
