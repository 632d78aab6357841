package dev.pawl.ejb.store.sql;

import dev.pawl.engine.live.FeedEntry;
import dev.pawl.engine.port.EventOutbox.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads histories in the order of their numbers, the same way in every database. */
public enum FeedRows {
    RUNS(
            'r',
            "pawl_event_chunk",
            "select t.run_id, t.first_sequence, 0, t.position,"
                    + " r.tenant, r.workflow_id, r.correlation_id, r.trace, t.events, t.occurred_at, t.causation_id"
                    + " from pawl_event_chunk t join pawl_run r on r.id = t.run_id"),
    ENTITIES(
            'e',
            "pawl_entity_event",
            "select t.stream, t.sequence, 0, t.position,"
                    + " t.tenant, t.correlation_id, t.name, t.occurred_at, t.causation_id, t.payload,"
                    + " t.id, t.entity, t.instance_id, t.command, t.channel, t.emit_index from pawl_entity_event t");

    private static final int POSITION = 4;
    private static final int FIRST_OF_ENTRY = 5;

    private final char letter;
    private final String end;
    private final String positions;
    private final String read;
    private final String at;

    FeedRows(char letter, String table, String entries) {
        this.letter = letter;
        this.end = "select max(position) from " + table;
        this.positions = "select position from " + table + " where position > ? and position <= ? order by position";
        this.read = entries + " where t.position > ? and t.position <= ? order by t.position limit ?";
        this.at = entries + " where t.position = any(?) order by t.position";
    }

    public char letter() {
        return letter;
    }

    public long end(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(end);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    public List<Long> positions(Connection connection, long after, long upTo) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(positions)) {
            Parameters.of(statement).number(after).number(upTo);
            return Row.list(statement, Row::number);
        }
    }

    public List<FeedEntry> read(Connection connection, long after, long upTo, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(read)) {
            Parameters.of(statement).number(after).number(upTo).number(max);
            return entries(statement);
        }
    }

    public List<FeedEntry> at(Connection connection, Collection<Long> numbers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(at)) {
            Parameters.of(statement).array("int8", numbers.toArray(Long[]::new));
            return entries(statement);
        }
    }

    private List<FeedEntry> entries(PreparedStatement statement) throws SQLException {
        List<FeedEntry> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Entry entry = this == RUNS
                        ? OutboxRows.ofRun(result, FIRST_OF_ENTRY)
                        : OutboxRows.ofInstance(result, FIRST_OF_ENTRY);
                found.add(new FeedEntry(letter, result.getLong(POSITION), entry));
            }
        }
        return found;
    }
}
