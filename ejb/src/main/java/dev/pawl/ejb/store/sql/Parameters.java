package dev.pawl.ejb.store.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Parameters {

    private final PreparedStatement statement;
    private int next = 1;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    static Parameters of(PreparedStatement statement) {
        return new Parameters(statement);
    }

    Parameters text(@Nullable String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    Parameters decimal(BigDecimal value) throws SQLException {
        statement.setBigDecimal(next++, value);
        return this;
    }

    Parameters number(double value) throws SQLException {
        statement.setDouble(next++, value);
        return this;
    }

    Parameters number(@Nullable Integer value) throws SQLException {
        statement.setObject(next++, value, java.sql.Types.INTEGER);
        return this;
    }

    Parameters bytes(byte[] value) throws SQLException {
        statement.setBytes(next++, value);
        return this;
    }

    Parameters decimalOrNull(@Nullable Double value) throws SQLException {
        statement.setObject(next++, value, java.sql.Types.DOUBLE);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(next++, value);
        return this;
    }

    /** Stores keep microseconds. */
    Parameters time(@Nullable Instant value) throws SQLException {
        OffsetDateTime time =
                value == null ? null : value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        statement.setObject(next++, time, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    Parameters texts(Object[] values) throws SQLException {
        return array("text", values);
    }

    Parameters array(String type, Object[] values) throws SQLException {
        statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
