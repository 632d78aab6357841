package dev.pawl.acceptance.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL that keeps its promises ({@code fsync} on), takes prepared transactions and counts its
 * statements ({@code pg_stat_statements}). It can be stopped and started again on its data.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path data;
    private final int port = FreePort.next();
    private EmbeddedPostgres postgres;

    private PostgresServer(Path data) {
        this.data = data;
        this.postgres = launch();
    }

    /** Starts a server with new data below {@code folder}. */
    public static PostgresServer start(Path folder) {
        Path data = folder.toAbsolutePath().resolve("postgres");
        Folders.delete(data);
        return new PostgresServer(data);
    }

    /**
     * One database of the server.
     *
     * @param port port of the server on the loopback address
     */
    public record Database(int port, String name, String user) {

        /** Address for a JDBC driver. */
        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + user;
        }

        /** A new connection, in auto-commit mode. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url());
        }

        /** The first column of every row. */
        public List<String> query(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        /** Runs statements that answer no rows. */
        public void execute(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        /** Global ids of the transactions of this database that are prepared and neither committed nor rolled back. */
        public List<String> preparedTransactions() {
            return query("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()");
        }
    }

    /** Makes a new, empty database that counts its statements. */
    public Database createDatabase(String name) {
        new Database(port, "postgres", USER).execute("CREATE DATABASE " + name);
        Database database = new Database(port, name, USER);
        database.execute("CREATE EXTENSION pg_stat_statements");
        return database;
    }

    /** Stops the server and keeps its data. */
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again, on the same port and data. */
    public void restart() {
        postgres = launch();
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres launch() {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("max_prepared_transactions", "100")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("pg_stat_statements.track", "top")
                    .setServerConfig("pg_stat_statements.track_utility", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start on " + data, e);
        }
    }
}
