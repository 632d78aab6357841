package dev.pawl.acceptance.feature.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that user code and test share: a journal of what ran, and gates that hold user code until the test opens
 * them.
 */
public final class Gates {

    /** System property: the folder. */
    public static final String FOLDER_PROPERTY = "pawl.test.gates";

    private static final String JOURNAL = "journal";
    private static final long LOOK_EVERY_MILLIS = 20;

    private Gates() {}

    /** Notes that user code has done its work. */
    public static synchronized void note(String line) {
        try {
            Files.writeString(file(JOURNAL), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands still until the gate is open; says that it has arrived. */
    public static void await(String gate) throws InterruptedException, IOException {
        Files.writeString(file(gate + ".reached"), "");
        while (!isOpen(gate)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Whether the test has opened the gate. */
    public static boolean isOpen(String gate) {
        return Files.exists(file(gate + ".open"));
    }

    /** Takes a file away, once: whether it was there. */
    public static boolean take(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return Path.of(System.getProperty(FOLDER_PROPERTY), name);
    }
}
