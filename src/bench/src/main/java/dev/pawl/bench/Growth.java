package dev.pawl.bench;

import dev.pawl.bench.measure.Observer;
import java.util.List;
import java.util.Map;

/**
 * Fills the database with copies of one finished run, each with its steps and its history, so that what the engine did long ago
 * is there in the amount a system has after a while.
 */
final class Growth {

    /** A copy's id: like those the engine gives, of a time before any of them. */
    private static final String COPY_ID =
            "'00000000-' || lpad(to_hex(i / 65536), 4, '0') || '-7000-8000-'" + " || lpad(to_hex(i), 12, '0')";

    private final Observer observer;

    Growth(Observer observer) {
        this.observer = observer;
    }

    /** Copies a finished run of the workflow, then lets the database look after its tables as it does from time to time. */
    void addCopies(String workflow, int copies) {
        String original = observer.rows(
                        "select id from pawl_run where workflow_id = ? and status = 'COMPLETED' order by id desc limit 1",
                        row -> row.getString(1),
                        workflow)
                .get(0);
        copy("pawl_run", "id", Map.of("id", COPY_ID, "correlation_id", COPY_ID), original, copies);
        copy("pawl_step", "run_id", Map.of("run_id", COPY_ID), original, copies);
        copy("pawl_event_chunk", "run_id", Map.of("run_id", COPY_ID), original, copies);
        for (String table : List.of("pawl_run", "pawl_step", "pawl_event_chunk")) {
            observer.change("vacuum analyze " + table);
        }
        observer.change("checkpoint");
    }

    private void copy(String table, String key, Map<String, String> replaced, String original, int copies) {
        List<String> columns = observer.rows(
                "select column_name from information_schema.columns where table_name = ? order by ordinal_position",
                row -> row.getString(1),
                table);
        List<String> values = columns.stream()
                .map(column -> replaced.getOrDefault(column, "original." + column))
                .toList();
        observer.change(
                "insert into " + table + " (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                        + " from " + table + " original, generate_series(1, " + copies + ") i where original." + key
                        + " = ?",
                original);
    }
}
