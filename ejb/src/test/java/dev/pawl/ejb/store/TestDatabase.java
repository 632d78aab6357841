package dev.pawl.ejb.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Databases of this test run: one PostgreSQL server for all, and H2 in memory. */
final class TestDatabase {

    /** As the server's data source sets it. */
    static final String SESSION_OPTIONS = "-c random_page_cost=1.1";

    private static final int CONNECTIONS = 40;

    private static EmbeddedPostgres server;

    private TestDatabase() {}

    /** A new database on the server. */
    static DataSource postgres() {
        return postgres(SESSION_OPTIONS);
    }

    static DataSource postgres(String sessionOptions) {
        PGConnectionPoolDataSource database =
                postgresDatabase("t" + UUID.randomUUID().toString().replace("-", ""));
        database.setOptions(sessionOptions);
        return pooled(database);
    }

    private static PGConnectionPoolDataSource postgresDatabase(String name) {
        try (var connection = server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
        database.setServerNames(new String[] {"localhost"});
        database.setPortNumbers(new int[] {server().getPort()});
        database.setUser("postgres");
        database.setDatabaseName(name);
        database.setStringType("unspecified");
        return database;
    }

    /** A new database in memory. */
    static DataSource h2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=15000");
        database.setUser("pawl");
        return pooled(database);
    }

    private static DataSource pooled(ConnectionPoolDataSource database) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(database);
        pool.setMaxConnections(CONNECTIONS);
        return pool;
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_prepared_transactions", "50")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("timezone", "Asia/Tokyo")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stop));
        }
        return server;
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
