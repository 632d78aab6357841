package dev.pawl.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the built server in a process of its own, with its own data, ports and choice of database and
 * broker. It can be killed at any time and started again on what it left.
 *
 * <pre>{@code
 * try (LibertyServer server = LibertyServer.in(folder).build().start()) {
 *     server.http().post("/api/workflows/…/runs", …);
 *     server.kill9();
 *     server.start();
 * }
 * }</pre>
 */
public final class LibertyServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(180);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Map<String, String> environment;
    private final int httpPort;
    private final int brokerPort;
    private final String readyPath;
    private @Nullable Process process;

    LibertyServer(Path home, Map<String, String> environment, int httpPort, int brokerPort, String readyPath) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.httpPort = httpPort;
        this.brokerPort = brokerPort;
        this.readyPath = readyPath;
    }

    /** Describes a server whose files all go below {@code folder}. */
    public static ServerPlan in(Path folder) {
        return new ServerPlan(folder);
    }

    /** Starts the process and returns once the server says that it is ready. */
    public LibertyServer start() {
        launch();
        return awaitReady();
    }

    /** Starts the process and returns at once. */
    public LibertyServer launch() {
        if (isRunning()) {
            throw new IllegalStateException("the server in " + home + " is running already");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            BuiltServer.runtime().resolve("bin/server").toString(), "run", "pawl")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PAWL_"));
            builder.environment().putAll(environment);
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once the server says that it is ready. */
    public LibertyServer awaitReady() {
        HttpApi http = http();
        Await.until(
                "readiness on port " + httpPort + ", console in " + console(),
                START_PATIENCE,
                () -> http.get(readyPath).status() == 200,
                () -> isRunning() ? Optional.empty() : Optional.of("the process ended:\n" + tail(console())));
        return this;
    }

    /** Kills the process as the kernel would: no hook runs, nothing is flushed. */
    public void kill9() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** Asks the process to leave (SIGTERM) and returns how long it took. */
    public Duration terminate() {
        Process running = process;
        if (running == null) {
            return Duration.ZERO;
        }
        long begin = System.nanoTime();
        running.destroy();
        awaitExit(STOP_PATIENCE);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Returns once the process has ended by itself, as a crash window makes it. */
    public void awaitExit(Duration patience) {
        Process running = process;
        try {
            if (running != null && !running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server did not leave within " + patience + ":\n" + tail(console()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server leaves", e);
        }
    }

    /** Stops the server in good order, then starts it again. */
    public LibertyServer restart() {
        terminate();
        return start();
    }

    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Number of the running process. */
    public long pid() {
        if (process == null) {
            throw new IllegalStateException("the server in " + home + " was never started");
        }
        return process.pid();
    }

    /** Speaks HTTP with this server. */
    public HttpApi http() {
        return new HttpApi(URI.create("http://127.0.0.1:" + httpPort));
    }

    /** Speaks JMS with the broker of this server, embedded or not. */
    public JmsClient jms() {
        return JmsClient.connect("127.0.0.1", brokerPort);
    }

    public int httpPort() {
        return httpPort;
    }

    public int brokerPort() {
        return brokerPort;
    }

    /** Where the server keeps what survives it. */
    public Path data() {
        return home.resolve("data");
    }

    /** What the server printed, over all its starts. */
    public Path console() {
        return home.resolve("console.log");
    }

    /** The server's own log of its last start. */
    public Path messages() {
        return home.resolve("usr/servers/pawl/logs/messages.log");
    }

    /** Lines of the last start's log that hold a text. */
    public List<String> logged(String text) {
        try (var lines = Files.lines(messages())) {
            return lines.filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process if it still runs; its files stay for whoever looks into a failure. */
    @Override
    public void close() {
        kill9();
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }
}
