package dev.pawl.ejb.store.sql;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Rows that travel to PostgreSQL as one array per column. The arrays are unnested where columns are selected, an element of each at
 * a time. Unnested as tables each would be stored as one first, with room for two thousand rows.
 *
 * @param columns in the order of their parameters
 */
record ArrayRows(List<Column> columns) {

    /** Parts are columns with their types, separated by commas: {@code "id text, version int8"}. */
    static ArrayRows of(String... parts) {
        return new ArrayRows(Stream.of(parts)
                .flatMap(part -> Stream.of(part.split(",\\s*")))
                .map(Column::of)
                .toList());
    }

    /**
     * A query for the rows. The planner does not see how long the first array is, so that one plan serves all lengths and is
     * kept.
     */
    String select() {
        Column first = columns.get(0);
        return "select unnest((select " + first.array() + ")) as " + first.name()
                + columns.stream()
                        .skip(1)
                        .map(column -> ", unnest(" + column.array() + ") as " + column.name())
                        .collect(joining());
    }

    /** What an update sets, of the columns after those that find the row. */
    String updates(int keys, String source) {
        return updates(keys, name -> source + "." + name);
    }

    /** @param value what a column becomes */
    String updates(int keys, UnaryOperator<String> value) {
        return names().stream()
                .skip(keys)
                .map(name -> name + " = " + value.apply(name))
                .collect(joining(", "));
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    String list() {
        return String.join(", ", names());
    }

    record Column(String name, String type) {

        private static Column of(String text) {
            String[] parts = text.trim().split(" ");
            return new Column(parts[0], parts[1]);
        }

        private String array() {
            return "?::" + type + "[]";
        }
    }
}
