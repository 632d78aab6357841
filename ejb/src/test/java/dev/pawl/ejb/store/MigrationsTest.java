package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ejb.store.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("J-02")
class MigrationsTest {

    private static DataSource database(String product) {
        return product.equals("H2") ? TestDatabase.h2() : TestDatabase.postgres();
    }

    private static int migrate(DataSource database) {
        return new Migrations(database, Dialect.of(database)).run();
    }

    private static void migrateTo(String version, DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .table("pawl_schema_history")
                .locations("classpath:db/migration/" + Dialect.of(database).migrations())
                .target(version)
                .load()
                .migrate();
    }

    /** The embedded database belongs to one server. */
    @Test
    void serversThatStartAtOnceMakeTheSchemaOnce() throws Exception {
        DataSource database = TestDatabase.postgres();
        int servers = 4;
        CyclicBarrier together = new CyclicBarrier(servers);
        ExecutorService threads = Executors.newFixedThreadPool(servers);
        List<Future<Integer>> starts = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            starts.add(threads.submit(() -> {
                together.await();
                return migrate(database);
            }));
        }
        int applied = 0;
        for (Future<Integer> start : starts) {
            applied += start.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(applied).isEqualTo(migrate(TestDatabase.postgres()));
        assertThat(migrate(database)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void tablesOfAnApplicationInTheSameSchemaAreLeftAlone(String product) throws Exception {
        DataSource database = database(product);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id integer primary key)");
            statement.execute("insert into account values (1)");
            assertThat(migrate(database)).isPositive();
            try (var result = statement.executeQuery("select count(*) from account")) {
                result.next();
                assertThat(result.getInt(1)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    @Tag("D-08")
    void blobsFromBeforeTheyHadChunksAreKept(String product) throws Exception {
        DataSource database = database(product);
        migrateTo("3", database);
        Map<String, String> blobs = Map.of(
                "small",
                "{\"a\":\"é\"}",
                "empty",
                "",
                "one-chunk",
                "x".repeat(SqlBlobStore.CHUNK),
                "large",
                "0123456789é\ud83d\ude00".repeat(100_000));
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into pawl_blob (blob_key, content, created_at) values (?, ?, current_timestamp)")) {
            for (Map.Entry<String, String> blob : blobs.entrySet()) {
                statement.setString(1, blob.getKey());
                statement.setString(2, blob.getValue());
                statement.executeUpdate();
            }
        }
        try (DatabaseFixture fixture = new DatabaseFixture(database)) {
            for (Map.Entry<String, String> blob : blobs.entrySet()) {
                assertThat(fixture.blobs().get(blob.getKey()).orElseThrow().equals(blob.getValue()))
                        .as(blob.getKey())
                        .isTrue();
                assertThat(fixture.blobs().info(blob.getKey()).orElseThrow().size())
                        .isEqualTo(blob.getValue().getBytes(StandardCharsets.UTF_8).length);
            }
            assertThat(fixture.blobs().deleteAll("", 10)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    @Tag("K-23")
    void whatWasNotRelayedWhenSlipsCameIsRelayedInItsOrder(String product) throws Exception {
        DataSource database = database(product);
        migrateTo("15", database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into pawl_event_chunk (run_id, first_sequence, last_sequence, occurred_at,"
                    + " causation_id, events) values ('b', 1, 1, current_timestamp, 'c', '[]'),"
                    + " ('a', 1, 2, current_timestamp, 'c', '[]'), ('b', 2, 2, current_timestamp, 'c', '[]'),"
                    + " ('a', 3, 3, current_timestamp, 'c', '[]')");
            statement.execute(
                    "insert into pawl_entity_event (stream, sequence, occurred_at, emit_index, id, tenant, name,"
                            + " channel, correlation_id, causation_id, command, payload)"
                            + " values ('i', 1, current_timestamp, 0, 'x', 't', 'n', 'n', 'c', 'c', 'go', '{}')");
            statement.execute("insert into pawl_outbox (run_id, first_sequence)"
                    + " values ('b', 2), ('a', 3), ('a', 1), ('i', 1), ('removed', 1)");

            assertThat(migrate(database)).isPositive();

            List<String> listed = new ArrayList<>();
            try (var result = statement.executeQuery(
                    "select o.feed, coalesce(c.run_id, e.stream),"
                            + " coalesce(c.first_sequence, e.sequence) from pawl_outbox o"
                            + " left join pawl_event_chunk c on o.feed = 'r' and c.position = any(o.positions)"
                            + " left join pawl_entity_event e on o.feed = 'e' and e.position = any(o.positions) order by o.id")) {
                while (result.next()) {
                    listed.add(result.getString(1) + " " + result.getString(2) + " " + result.getLong(3));
                }
            }
            assertThat(listed).containsExactly("r a 1", "r a 3", "r b 2", "e i 1");
        }
    }
}
