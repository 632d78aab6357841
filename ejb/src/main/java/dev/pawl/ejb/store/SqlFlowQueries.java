package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.FlowRows;
import dev.pawl.ejb.store.sql.FlowRows.Flow;
import dev.pawl.ejb.store.sql.FlowRows.Place;
import dev.pawl.ejb.store.sql.FlowRows.Placed;
import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.KeysetCursor;
import dev.pawl.engine.query.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flows in the database: events of runs and of entity commands stand in tables of their own, and are merged here. */
public final class SqlFlowQueries implements FlowQueries {

    private static final int PARTS = 3;

    private final CurrentConnection connection;

    public SqlFlowQueries(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public Page<FlowEvent> events(
            String tenant, String correlationId, Optional<String> type, Optional<String> cursor, int limit) {
        Flow flow = new Flow(tenant, correlationId, type);
        Place after = cursor.map(SqlFlowQueries::place).orElse(Place.BEGIN);
        List<Placed> found = connection.call("read the flow " + correlationId, current -> Stream.concat(
                        FlowRows.ofEntities(current, flow, after, limit + 1).stream(),
                        FlowRows.ofRuns(current, flow, after, limit + 1).stream())
                .sorted(Comparator.comparing(Placed::place))
                .limit(limit + 1L)
                .toList());
        List<Placed> shown = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit && !shown.isEmpty();
        return new Page<>(
                shown.stream().map(Placed::event).toList(),
                more ? cursor(shown.get(shown.size() - 1).place()) : null);
    }

    private static String cursor(Place place) {
        return new KeysetCursor(place.at(), place.position() + " " + place.sequence() + " " + place.run()).encoded();
    }

    private static Place place(String cursor) {
        KeysetCursor place = KeysetCursor.decode(cursor);
        String[] parts = place.id().split(" ", PARTS);
        try {
            if (parts.length == PARTS) {
                return new Place(place.at(), Long.parseLong(parts[0]), parts[2], Long.parseLong(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The cursor is not one of a flow", e);
        }
        throw new IllegalArgumentException("The cursor is not one of a flow");
    }
}
