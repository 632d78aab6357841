package dev.pawl.acceptance.crash;

import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.Folders;
import dev.pawl.acceptance.server.ServerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The test's end of the crash windows of one server: arms them and learns which were hit.
 *
 * <pre>{@code
 * CrashWindows windows = CrashWindows.in(folder);
 * LibertyServer server = windows.addTo(LibertyServer.in(folder), CrashingH2DataSource.class).build().start();
 * windows.stand(new Window(DATABASE, AFTER_PREPARE), "a");   // the transaction marked "a" stands still there
 * …                                                          // start it
 * windows.awaitHit(new Window(DATABASE, AFTER_PREPARE));
 * server.kill9();
 * }</pre>
 */
public final class CrashWindows {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Path jar;

    private CrashWindows(Path folder) {
        this.folder = folder.toAbsolutePath().resolve("crash-windows");
        this.jar = folder.toAbsolutePath().resolve("crash-windows.jar");
    }

    /** Windows that share files with the server below {@code folder}. */
    public static CrashWindows in(Path folder) {
        CrashWindows windows = new CrashWindows(folder);
        try {
            Folders.delete(windows.folder);
            Files.createDirectories(windows.armed());
            Files.createDirectories(windows.hit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return windows;
    }

    /**
     * Puts the windows into a server: around the XA resources of the data source by a driver class of ours,
     * around those of the broker by the adapter's own service interface. The marks go into the application.
     */
    public ServerPlan addTo(ServerPlan plan, Class<?> xaDataSource) {
        Archive.empty()
                .addPackageOf(CrashPoint.class, "")
                .addText(
                        "META-INF/services/org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapperFactory",
                        CrashingBrokerResources.class.getName() + "\n")
                .writeTo(jar);
        return plan.jvmOptions("-D" + CrashPoint.FOLDER_PROPERTY + "=" + folder)
                .applicationLibrary(jar)
                .adapterLibrary(jar)
                .driverLibrary(jar)
                .override("crash-windows.xml", """
                        <server>
                          <library id="pawl-jdbc">
                            <file name="${server.config.dir}/ext/%s"/>
                          </library>
                          <jdbcDriver id="pawl-jdbc" javax.sql.XADataSource="%s"/>
                        </server>
                        """.formatted(jar.getFileName(), xaDataSource.getName()));
    }

    /** The first transaction with this mark that reaches the window ends the process; no mark: any transaction. */
    public void halt(Window window, String mark) {
        arm(window, CrashPoint.HALT, mark);
    }

    /** The first transaction with this mark that reaches the window stands still there; no mark: any transaction. */
    public void stand(Window window, String mark) {
        arm(window, CrashPoint.STAND, mark);
    }

    /** Returns once a transaction is in the window. */
    public void awaitHit(Window window) {
        Await.until("a transaction in the window " + window, PATIENCE, () -> wasHit(window));
    }

    public boolean wasHit(Window window) {
        return Files.exists(hit().resolve(window.fileName()));
    }

    /** Names of all windows hit so far, over all starts. */
    public Set<String> hits() {
        try (Stream<Path> files = Files.list(hit())) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void arm(Window window, String manner, String mark) {
        try {
            Files.deleteIfExists(hit().resolve(window.fileName()));
            Path draft = folder.resolve(window.fileName());
            Files.writeString(draft, manner + "\n" + mark);
            Files.move(draft, armed().resolve(window.fileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path armed() {
        return folder.resolve(CrashPoint.ARMED);
    }

    private Path hit() {
        return folder.resolve(CrashPoint.HIT);
    }
}
