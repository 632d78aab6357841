package dev.pawl.acceptance.feature.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 50,000 runs of long ago are put into the database, a tenth of that into the embedded one; they go while others run, and
 * whatever is young or open stays.
 */
@Tag("J-09")
class RetentionIT {

    private static final int STEPS = 2;
    private static final int BATCH = 100;
    private static final String NONE = "select 1";

    @ParameterizedTest
    @EnumSource(FeatureServer.class)
    void oldRunsGoInBatchesAndOpenOnesAndYoungOnesStay(FeatureServer server) throws Exception {
        History history = new History(server);
        int old = server == FeatureServer.POSTGRES ? 50_000 : 5_000;
        history.insert("done", old, "COMPLETED", 60);
        history.insert("failed", 100, "FAILED", 120);
        history.insert("young", 20, "COMPLETED", 5);
        history.insert("failed-young", 20, "FAILED", 60);
        history.insert("open", 20, "RUNNING", 200);
        history.insert("told", 1, "COMPLETED", 60);
        history.withhold("told");
        String running = server.startRun("retention-gated", Map.of("input", Map.of("name", history.gate())));
        server.awaitReached(history.gate());

        ExecutorService user = Executors.newSingleThreadExecutor();
        AtomicBoolean purging = new AtomicBoolean(true);
        Future<long[]> commands = user.submit(() -> commands(server, purging));
        int gone = purge(server);
        purging.set(false);
        long[] millis = commands.get();
        user.shutdown();

        assertThat(gone).isGreaterThanOrEqualTo(old + 100);
        assertThat(history.count("pawl_run", "id", "done")).isZero();
        assertThat(history.count("pawl_run", "id", "failed-0")).isZero();
        for (String table : List.of("pawl_step", "pawl_event_chunk", "pawl_log", "pawl_annotation")) {
            assertThat(history.count(table, "run_id", "done")).as(table).isZero();
        }
        assertThat(history.count("pawl_blob", "blob_key", "done")).isZero();
        assertThat(history.count("pawl_run", "id", "young")).isEqualTo(20);
        assertThat(history.count("pawl_step", "run_id", "young")).isEqualTo(20 * STEPS);
        assertThat(history.count("pawl_annotation", "run_id", "young")).isEqualTo(20);
        assertThat(history.count("pawl_run", "id", "failed-young")).isEqualTo(20);
        assertThat(history.count("pawl_run", "id", "open")).isEqualTo(20);
        assertThat(history.count("pawl_event_chunk", "run_id", "told"))
                .as("an event of it is not delivered yet")
                .isPositive();
        if (server == FeatureServer.POSTGRES) {
            assertThat(largestBatch(server)).isLessThanOrEqualTo(BATCH);
        }

        server.open(history.gate());
        server.awaitStatus(running, "COMPLETED");
        assertThat(server.history(running)).endsWith("workflow:completed");
        System.out.printf(
                "%s: %d commands while %d old runs were removed: p50 %d ms, p99 %d ms%n",
                server, millis.length, gone, percentile(millis, 50), percentile(millis, 99));

        history.deliver("told");
        purge(server);
        assertThat(history.count("pawl_run", "id", "told")).isZero();
        // runs nobody works on would be taken for stuck by the tests of repair
        history.change("update pawl_run set status = 'CANCELLED' where status = 'RUNNING' and id like 'open-%'");
    }

    @ParameterizedTest
    @EnumSource(FeatureServer.class)
    void oldKeysGoAndMayBeUsedAgain(FeatureServer server) {
        History history = new History(server);
        String key = UUID.randomUUID().toString();
        Map<String, ?> body = Map.of("input", Map.of("changes", List.of(), "question", NONE));
        String first = start(server, body, key);
        assertThat(start(server, body, key)).isEqualTo(first);

        history.change(
                "update pawl_idempotency set created_at = " + daysAgo(server, 6) + " where idem_key = '" + key + "'");
        purge(server);
        assertThat(start(server, body, key)).isEqualTo(first);

        history.change(
                "update pawl_idempotency set created_at = " + daysAgo(server, 8) + " where idem_key = '" + key + "'");
        assertThat(purged(server).path("keys").asInt()).isPositive();
        assertThat(start(server, body, key)).isNotEqualTo(first);
    }

    private static String start(FeatureServer server, Map<String, ?> body, String key) {
        return server.http()
                .post("/api/workflows/retention-sql/runs", body, Map.of("Idempotency-Key", key))
                .json()
                .path("id")
                .asText();
    }

    /** By the server's clock, which other tests may have moved ahead. */
    private static String daysAgo(FeatureServer server, int days) {
        Instant now = Instant.parse(server.http()
                .post("/api/test/clock", Map.of("advance", "PT0S"))
                .json()
                .path("now")
                .asText());
        return "timestamp with time zone '" + now.minus(Duration.ofDays(days)) + "'";
    }

    /** Until there is nothing more to remove; answers how many runs are gone. */
    private static int purge(FeatureServer server) {
        int gone = 0;
        JsonNode purged;
        do {
            purged = purged(server);
            gone += purged.path("runs").asInt();
        } while (purged.path("more").asBoolean());
        return gone;
    }

    private static JsonNode purged(FeatureServer server) {
        var reply = server.http().send("POST", "/api/maintenance/purge", null, Map.of());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** Starts runs and reads them, one after the other; answers how long each command took. */
    private static long[] commands(FeatureServer server, AtomicBoolean goOn) {
        List<Long> millis = new ArrayList<>();
        while (goOn.get()) {
            long begin = System.nanoTime();
            String run =
                    server.startRun("retention-sql", Map.of("input", Map.of("changes", List.of(), "question", NONE)));
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            server.awaitStatus(run, "COMPLETED");
        }
        return millis.stream().mapToLong(Long::longValue).toArray();
    }

    private static long percentile(long[] millis, int percent) {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static double largestBatch(FeatureServer server) {
        return Double.parseDouble(server.database()
                .query("select max(rows::float8 / calls) from pg_stat_statements"
                        + " where query like 'delete from pawl_run %'")
                .get(0));
    }

    /** Runs of the past, put into the server's database by SQL; their ids begin with a name and a mark of this test. */
    private static final class History {

        private final FeatureServer server;
        private final String mark = UUID.randomUUID().toString().substring(0, 8);

        History(FeatureServer server) {
            this.server = server;
        }

        String gate() {
            return "retention-" + mark;
        }

        private String id(String name) {
            return "'" + name + "-' || n.x || '-" + mark + "'";
        }

        private String numbers(int count) {
            return server == FeatureServer.POSTGRES
                    ? " from generate_series(0, " + (count - 1) + ") n(x)"
                    : " from system_range(0, " + (count - 1) + ") n";
        }

        void insert(String name, int count, String status, int age) {
            String at = daysAgo(server, age);
            boolean open = status.equals("RUNNING");
            String numbers = numbers(count);
            change("insert into pawl_run (version, last_sequence, tokens, cost, started_at, completed_at, group_no,"
                    + " paused, status, created_at, workflow_version, priority, id, tenant, workflow_id, correlation_id,"
                    + " principal, metadata, config, input) select 5, " + STEPS + ", 0, 0, " + at + ", "
                    + (open ? "null" : at)
                    + ", " + (STEPS - 1) + ", " + open + ", '" + status + "', " + at + " - interval '1' hour, 1, 5, "
                    + id(name)
                    + ", 'default', 'of-old', " + id(name) + ", 'ann', '{}', '{}', '{}'" + numbers);
            for (int step = 0; step < STEPS; step++) {
                change("insert into pawl_step (cost, tokens, attempt, status, group_no, ordinal, priority, run_id,"
                        + " step_id, name) select 0, 0, 1, 'COMPLETED', " + step + ", 0, 5, " + id(name) + ", 's" + step
                        + "', 's'" + numbers);
                change("insert into pawl_event_chunk (run_id, first_sequence, last_sequence, occurred_at,"
                        + " causation_id, events) select " + id(name) + ", " + (step + 1) + ", " + (step + 1) + ", "
                        + at + ", 'c', '[{\"type\":\"noted\",\"payload\":{}}]'" + numbers);
            }
            change("insert into pawl_log (run_id, logged_at, level, step_id, attempt, message, metadata) select "
                    + id(name) + ", " + at + ", 'INFO', 's0', 1, 'of old', '{}'" + numbers);
            change("insert into pawl_annotation (run_id, created_at, attempt, step_id, name, once_key, type, made_by,"
                    + " json) select " + id(name) + ", " + at + ", 1, 's0', 'of', 'k:of', 'string', 'ann', '\"old\"'"
                    + numbers(Math.max(20, count / 10)));
            change("insert into pawl_blob (blob_key, created_at, content_id, content_type, size_bytes, chunks)"
                    + " select 'runs/' || " + id(name) + " || '/input', " + at + ", " + id(name)
                    + ", 'application/json', 0, 0" + numbers(count / 10 + 1));
        }

        /** Keeps the last event of a run from being delivered. */
        void withhold(String name) {
            change("insert into pawl_outbox_late (run_id, first_sequence, due_at, attempts) select " + id(name) + ", "
                    + STEPS + ", " + daysAgo(server, -1) + ", 1" + numbers(1));
        }

        void deliver(String name) {
            change("delete from pawl_outbox_late where run_id like '" + name + "-%-" + mark + "'");
        }

        int count(String table, String column, String name) {
            String pattern = table.equals("pawl_blob") ? "runs/" + name + "-%" : name + "-%";
            return Integer.parseInt(ask(
                            List.of(),
                            "select count(*) from " + table + " where " + column + " like '" + pattern + mark + "%'")
                    .get(0));
        }

        void change(String sql) {
            ask(List.of(sql), NONE);
        }

        private List<String> ask(List<String> changes, String question) {
            String run =
                    server.startRun("retention-sql", Map.of("input", Map.of("changes", changes, "question", question)));
            List<String> values = new ArrayList<>();
            server.awaitStatus(run, "COMPLETED").at("/output/values").forEach(value -> values.add(value.asText()));
            return values;
        }
    }
}
