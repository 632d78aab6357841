package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Events that came long ago, the same way in every database. */
public final class OldEvents {

    /** What a wait has taken is needed until it is delivered; such waits are few at any time. */
    private static final String LOOK = "select i.tenant, i.event_key, i.data from pawl_inbox i where i.received_at < ?"
            + " and not exists (select 1 from pawl_wait w where w.ready_at is not null and w.tenant = i.tenant"
            + " and w.event_key = i.event_key) order by i.received_at limit ? for update skip locked";

    private static final String REMOVE = "delete from pawl_inbox where tenant = ? and event_key = ?";

    private record Old(String tenant, String key, Payload data) {}

    private OldEvents() {}

    /** Removes events that came before a time, and gives up what they stored outside their rows; answers how many. */
    public static int remove(Connection connection, Instant before, int max) throws SQLException {
        List<Old> old = look(connection, before, max);
        if (old.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            for (Old event : old) {
                Parameters.of(statement).text(event.tenant()).text(event.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        List<String> blobs = old.stream()
                .map(Old::data)
                .filter(Payload.Stored.class::isInstance)
                .map(data -> ((Payload.Stored) data).blobKey())
                .toList();
        if (!blobs.isEmpty()) {
            RunRewriting.discard(connection, blobs);
        }
        return old.size();
    }

    private static List<Old> look(Connection connection, Instant before, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            Parameters.of(statement).time(before).number(max);
            return Row.list(statement, row -> new Old(row.text(), row.text(), Payload.decode(row.text())));
        }
    }
}
