package dev.pawl.bench.measure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks into the server's database from outside and counts its own transactions, which the database counts among those of the
 * server. Not safe for threads.
 */
public final class Observer implements AutoCloseable {

    private final Connection connection;
    private long transactions;

    /** Takes over a connection in auto-commit mode. */
    public Observer(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row into a value. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows; a parameter that is a list of texts travels as an array. */
    public <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) {
        transactions++;
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The only number of the only row. */
    public long number(String sql, Object... parameters) {
        return rows(sql, row -> row.getLong(1), parameters).get(0);
    }

    /** Whether the only row says yes. */
    public boolean isTrue(String sql) {
        return rows(sql, row -> row.getBoolean(1)).get(0);
    }

    /** Changes rows and answers how many. */
    public long change(String sql, Object... parameters) {
        transactions++;
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How many transactions this observer has made. */
    long transactions() {
        return transactions;
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof List<?> texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
