package dev.pawl.bench;

import dev.pawl.bench.measure.Observer;
import java.util.List;
import java.util.Map;

/**
 * Fills the database with copies of one run, each with its steps and its history, so that what the engine did long ago, or what
 * sleeps, is there in the amount a system has after a while.
 */
final class Growth {

    /** A copy's id: like those the engine gives, of a time before any of them. */
    private static final String COPY_ID =
            "'00000000-' || lpad(to_hex(i / 65536), 4, '0') || '-7000-8000-'" + " || lpad(to_hex(i), 12, '0')";

    private final Observer observer;
    private final String workflow;
    private final String status;
    private final String prefix;
    private int copied;

    private Growth(Observer observer, String workflow, String status, String prefix) {
        this.observer = observer;
        this.workflow = workflow;
        this.status = status;
        this.prefix = prefix;
    }

    /** Copies of the workflow's last run that has finished. */
    static Growth ofFinished(Observer observer, String workflow) {
        return new Growth(observer, workflow, "COMPLETED", "00000000");
    }

    /** Copies of the workflow's last run that sleeps. */
    static Growth ofSleeping(Observer observer, String workflow) {
        return new Growth(observer, workflow, "SUSPENDED", "00000001");
    }

    /** Copies it until there are this many, then lets the database look after its tables as it does from time to time. */
    void growTo(int copies) {
        String original = observer.rows(
                        "select id from pawl_run where workflow_id = ? and status = ? order by id desc limit 1",
                        row -> row.getString(1),
                        workflow,
                        status)
                .get(0);
        String id = COPY_ID.replace("00000000", prefix);
        copy("pawl_run", "id", Map.of("id", id, "correlation_id", id), original, copies);
        copy("pawl_step", "run_id", Map.of("run_id", id), original, copies);
        copy("pawl_checkpoint", "run_id", Map.of("run_id", id), original, copies);
        copy(
                "pawl_event_chunk",
                "run_id",
                Map.of("run_id", id, "position", "nextval('pawl_event_chunk_position_seq')"),
                original,
                copies);
        copied = copies;
        for (String table : List.of("pawl_run", "pawl_step", "pawl_checkpoint", "pawl_event_chunk")) {
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
                "insert into " + table + " (" + String.join(", ", columns) + ") overriding system value select "
                        + String.join(", ", values)
                        + " from " + table + " original, generate_series(" + (copied + 1) + ", " + copies
                        + ") i where original." + key
                        + " = ?",
                original);
    }
}
