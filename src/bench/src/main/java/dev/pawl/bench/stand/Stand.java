package dev.pawl.bench.stand;

import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.bench.inside.Inside;
import dev.pawl.bench.pipeline.NoOpPipelines;
import dev.pawl.bench.pipeline.StockCommands;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What is measured: the built server with the pipelines of the benchmark added to its application, on PostgreSQL with fsync on
 * and the embedded broker. The server has a database user of its own, so that its statements can be told from ours.
 */
public final class Stand implements AutoCloseable {

    /** Who the server is to the database. */
    public static final String PRODUCT_USER = "pawl";

    /** Who may look into every database. */
    private static final String OBSERVER = "postgres";

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    private final PostgresServer postgres;
    private final PostgresServer.Database database;
    private final LibertyServer server;

    private Stand(PostgresServer postgres, PostgresServer.Database database, LibertyServer server) {
        this.postgres = postgres;
        this.database = database;
        this.server = server;
    }

    /** Starts everything below {@code folder} and returns once the server is ready. */
    public static Stand start(Path folder, List<String> jvmOptions) {
        PostgresServer postgres = PostgresServer.start(folder);
        try {
            PostgresServer.Database database = createDatabase(postgres, PRODUCT_USER);
            Path jar = Archive.empty()
                    .addPackageOf(NoOpPipelines.class, "")
                    .addPackageOf(Inside.class, "")
                    .addText("META-INF/beans.xml", BEANS)
                    .addText("manifests/index", StockCommands.PROGRAM + ".manifest")
                    .addText("manifests/" + StockCommands.PROGRAM + ".manifest", StockCommands.SOURCE)
                    .writeTo(folder.resolve("bench-pipelines.jar"));
            LibertyServer server = LibertyServer.in(folder.resolve("server"))
                    .on(database)
                    .onlyJvmOptions(jvmOptions.toArray(String[]::new))
                    .applicationLibrary(jar)
                    .build();
            server.start();
            return new Stand(postgres, database, server);
        } catch (RuntimeException | AssertionError e) {
            postgres.close();
            throw e;
        }
    }

    /** Makes a database and its owner, both of this name, and answers it as its owner sees it. */
    public PostgresServer.Database createDatabase(String name) {
        return createDatabase(postgres, name);
    }

    private static PostgresServer.Database createDatabase(PostgresServer postgres, String name) {
        PostgresServer.Database database = postgres.createDatabase(name);
        database.execute("CREATE ROLE " + name + " LOGIN");
        database.execute("ALTER DATABASE " + name + " OWNER TO " + name);
        return new PostgresServer.Database(database.port(), name, name);
    }

    /**
     * A connection to the server's database under another user than the server's, in auto-commit mode, which goes through no
     * table as a whole, so that who does is the server.
     */
    public Connection observe() throws SQLException {
        return observe(database);
    }

    /** The same, to another database of the stand. */
    public Connection observe(PostgresServer.Database watched) throws SQLException {
        Connection connection = new PostgresServer.Database(watched.port(), watched.name(), OBSERVER).connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
        }
        return connection;
    }

    public HttpApi http() {
        return server.http();
    }

    public JmsClient jms() {
        return server.jms();
    }

    /** Number of the server's process. */
    public long serverPid() {
        return server.pid();
    }

    /** Stops both processes in good order. */
    @Override
    public void close() {
        try {
            server.terminate();
        } finally {
            server.close();
            postgres.close();
        }
    }
}
