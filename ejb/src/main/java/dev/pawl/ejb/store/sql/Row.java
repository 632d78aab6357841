package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.port.EventOutbox.About;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row one after the other. */
final class Row {

    /** What a row stands for. */
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private final ResultSet result;
    private int next;

    Row(ResultSet result) {
        this(result, 1);
    }

    Row(ResultSet result, int first) {
        this.result = result;
        this.next = first;
    }

    /** All rows that a query finds, in its order. */
    static <T> List<T> list(PreparedStatement statement, Reader<T> reader) throws SQLException {
        return collect(statement, reader, new ArrayList<>());
    }

    static <T> Set<T> set(PreparedStatement statement, Reader<T> reader) throws SQLException {
        return collect(statement, reader, new HashSet<>());
    }

    private static <T, C extends Collection<T>> C collect(PreparedStatement statement, Reader<T> reader, C found)
            throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(reader.read(new Row(result)));
            }
        }
        return found;
    }

    int position() {
        return next;
    }

    String text() throws SQLException {
        return result.getString(next++);
    }

    @Nullable
    String textOrNull() throws SQLException {
        return result.getString(next++);
    }

    int integer() throws SQLException {
        return result.getInt(next++);
    }

    long number() throws SQLException {
        return result.getLong(next++);
    }

    double decimal() throws SQLException {
        return result.getDouble(next++);
    }

    boolean flag() throws SQLException {
        return result.getBoolean(next++);
    }

    Instant time() throws SQLException {
        return result.getObject(next++, OffsetDateTime.class).toInstant();
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        OffsetDateTime time = result.getObject(next++, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Nullable
    Payload payloadOrNull() throws SQLException {
        return Payload.decodeOrNull(textOrNull());
    }

    @Nullable
    Failure failureOrNull() throws SQLException {
        return RunColumns.failure(textOrNull(), textOrNull(), textOrNull());
    }

    /** What belongs to an instance, its columns in the order of the members. */
    About about() throws SQLException {
        return new About(
                text(),
                Optional.ofNullable(textOrNull()),
                Optional.ofNullable(textOrNull()),
                text(),
                text(),
                integer());
    }
}
