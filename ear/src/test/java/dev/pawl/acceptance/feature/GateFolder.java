package dev.pawl.acceptance.feature;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The test's end of the folder that it shares with user code on a server: {@link Gates} is the other one. */
public final class GateFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;

    private GateFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder of this name, with no gate open and nothing noted. */
    public static GateFolder emptied(Path name) {
        Path folder = name.toAbsolutePath();
        Folders.delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GateFolder(folder);
    }

    /** Tells user code on a server of the folder. */
    public String jvmOption() {
        return "-D" + Gates.FOLDER_PROPERTY + "=" + folder;
    }

    /** Lets user code through a gate. */
    public void open(String gate) {
        write(gate + ".open");
    }

    /** Shuts a gate that was open. */
    public void shut(String gate) {
        try {
            Files.delete(folder.resolve(gate + ".open"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves a file for user code to find. */
    public void write(String file) {
        try {
            Files.writeString(folder.resolve(file), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether user code stands at this gate, or has. */
    public boolean isReached(String gate) {
        return Files.exists(folder.resolve(gate + ".reached"));
    }

    /** Returns once user code stands at this gate. */
    public void awaitReached(String gate) {
        Await.until("user code at gate " + gate, PATIENCE, () -> isReached(gate));
    }

    /** What user code has noted, in order. */
    public List<String> journal() {
        Path file = folder.resolve("journal");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
