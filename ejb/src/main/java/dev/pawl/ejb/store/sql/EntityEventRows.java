package dev.pawl.ejb.store.sql;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of entity commands in the order they were recorded. */
public final class EntityEventRows {

    private static final String SELECT =
            "select position, sequence, occurred_at, emit_index, id, tenant, name, channel,"
                    + " correlation_id, causation_id, command, entity, instance_id, payload from pawl_entity_event"
                    + " where tenant = ? and position > ?";

    private EntityEventRows() {}

    public static List<EventHistory.Recorded> find(
            Connection connection, EventHistory.Wanted wanted, long after, int limit) throws SQLException {
        Map<String, String> conditions = conditions(wanted);
        StringBuilder sql = new StringBuilder(SELECT);
        conditions.keySet().forEach(column -> sql.append(" and ").append(column).append(" = ?"));
        sql.append(" order by position limit ?");
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            Parameters parameters =
                    Parameters.of(statement).text(wanted.tenant()).number(after);
            for (String value : conditions.values()) {
                parameters.text(value);
            }
            parameters.number(limit);
            return read(statement);
        }
    }

    /** Columns and what they are to equal, always in the same order, so that there are few statement texts. */
    private static Map<String, String> conditions(EventHistory.Wanted wanted) {
        Map<String, String> conditions = new TreeMap<>();
        put(conditions, "correlation_id", wanted.correlationId());
        put(conditions, "name", wanted.name());
        put(conditions, "entity", wanted.entity());
        put(conditions, "instance_id", wanted.instanceId());
        return conditions;
    }

    private static void put(Map<String, String> conditions, String column, @Nullable String value) {
        if (value != null) {
            conditions.put(column, value);
        }
    }

    private static List<EventHistory.Recorded> read(PreparedStatement statement) throws SQLException {
        return Row.list(statement, EntityEventRows::recorded);
    }

    private static EventHistory.Recorded recorded(Row row) throws SQLException {
        long position = row.number();
        long sequence = row.number();
        var occurredAt = row.time();
        int emitIndex = row.integer();
        String id = row.text();
        String tenant = row.text();
        String name = row.text();
        String channel = row.text();
        var trace = new EntityEvent.Trace(row.text(), row.text(), emitIndex);
        var subject = new EntityEvent.Subject(row.text(), row.textOrNull(), row.textOrNull());
        return new EventHistory.Recorded(
                position,
                sequence,
                new EntityEvent(id, tenant, name, channel, JsonCodec.parse(row.text()), occurredAt, trace, subject));
    }
}
