package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.DeliveryRows.Taken;
import dev.pawl.engine.model.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Takes events in one statement. */
final class PostgresDeliveries implements DeliveryTaking {

    private static final String TAKE = "with free as materialized (select d.listener, d.run_id, d.sequence"
            + " from pawl_listener_delivery d" + FIRST + " limit ? for update of d skip locked)"
            + " update pawl_listener_delivery d set due_at = ?, owner = ?, attempts = d.attempts + 1 from free"
            + " where d.listener = free.listener and d.run_id = free.run_id and d.sequence = free.sequence"
            + " returning d.run_id, d.sequence, d.first_sequence, d.attempts";

    @Override
    public List<Taken> take(Connection connection, String listener, int max, String owner, Instant now, Instant until)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            Parameters.of(statement)
                    .text(listener)
                    .time(now)
                    .number(max)
                    .time(until)
                    .text(owner);
            return Row.list(
                    statement, row -> new Taken(new RunId(row.text()), row.number(), row.number(), row.integer()));
        }
    }
}
