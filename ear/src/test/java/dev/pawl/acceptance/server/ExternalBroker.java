package dev.pawl.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An Artemis broker in a process of its own, with a persistent journal, set up by the very
 * {@code artemis/broker.xml} that the server configuration offers to operators.
 */
public final class ExternalBroker implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = FreePort.next();
    private Process process;

    private ExternalBroker(Path folder) {
        this.folder = folder;
        this.process = launch();
    }

    /** Starts a broker with a new journal below {@code folder}. */
    public static ExternalBroker start(Path folder) {
        Path data = folder.toAbsolutePath().resolve("broker");
        Folders.delete(data);
        return new ExternalBroker(data);
    }

    /** Port on the loopback address. */
    public int port() {
        return port;
    }

    /** A client of this broker. */
    public JmsClient client() {
        return JmsClient.connect("127.0.0.1", port);
    }

    /** Kills the process as the kernel would. */
    public void kill9() {
        process.destroyForcibly().onExit().join();
    }

    /** Kills the broker if need be and starts it again on the same journal and port. */
    public void restart() {
        kill9();
        process = launch();
    }

    @Override
    public void close() {
        kill9();
    }

    private Process launch() {
        try {
            Files.createDirectories(folder);
            Path log = folder.resolve("broker.log");
            Process started = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dpawl.broker.port=" + port,
                            "-Dpawl.broker.host=127.0.0.1",
                            "-Dpawl.broker.data=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            BrokerProcess.class.getName(),
                            BuiltServer.configuration()
                                    .resolve("artemis/broker.xml")
                                    .toUri()
                                    .toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Await.until(
                    "a broker on port " + port + ", log in " + log,
                    START_PATIENCE,
                    this::answers,
                    () -> started.isAlive() ? Optional.empty() : Optional.of("the broker's process ended, see " + log));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (JmsClient client = client()) {
            return client.preparedTransactions() >= 0;
        }
    }
}
