package dev.pawl.ejb.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as one array per column, so that one statement text takes any number of them. */
final class Columns<R> {

    private final Parameters parameters;
    private final List<R> rows;

    Columns(Parameters parameters, List<R> rows) {
        this.parameters = parameters;
        this.rows = rows;
    }

    Columns<R> text(Function<R, @Nullable String> value) throws SQLException {
        return column("text", value, String[]::new);
    }

    Columns<R> bigint(Function<R, Long> value) throws SQLException {
        return column("int8", value, Long[]::new);
    }

    Columns<R> integer(Function<R, @Nullable Integer> value) throws SQLException {
        return column("int4", value, Integer[]::new);
    }

    Columns<R> decimal(Function<R, Double> value) throws SQLException {
        return column("float8", value, Double[]::new);
    }

    Columns<R> flag(Function<R, Boolean> value) throws SQLException {
        return column("bool", value, Boolean[]::new);
    }

    Columns<R> time(Function<R, @Nullable Instant> value) throws SQLException {
        return column("timestamptz", row -> text(value.apply(row)), String[]::new);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private <T> Columns<R> column(String type, Function<R, @Nullable T> value, IntFunction<@Nullable T[]> array)
            throws SQLException {
        @Nullable T[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        parameters.array(type, values);
        return this;
    }
}
