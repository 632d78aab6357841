package dev.pawl.acceptance.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The server's end of a crash window: a transaction that reaches an armed window takes it, says so in the
 * folder shared with the test, and goes no further. It either ends the process at once or stands still, so
 * that one process can hold a transaction in every window before the test kills it.
 */
final class CrashPoint {

    /** System property: the folder shared with the test. */
    static final String FOLDER_PROPERTY = "pawl.test.crash.folder";

    static final String HALT = "halt";
    static final String STAND = "stand";
    static final String ARMED = "armed";
    static final String HIT = "hit";

    /** What a killed process answers to its parent. */
    static final int KILLED = 137;

    private CrashPoint() {}

    /** Passes on unless this window is armed for the current transaction. */
    static void reach(Window window) {
        String folder = System.getProperty(FOLDER_PROPERTY);
        if (folder == null) {
            return;
        }
        Path armed = Path.of(folder, ARMED, window.fileName());
        String[] order = order(armed);
        if (order.length == 2 && (order[1].isEmpty() || order[1].equals(CrashMark.current())) && take(armed)) {
            crash(order[0]);
        }
    }

    private static String[] order(Path armed) {
        try {
            return Files.readString(armed).split("\n", -1);
        } catch (NoSuchFileException e) {
            return new String[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only one transaction takes the window: the one whose move succeeds. */
    private static boolean take(Path armed) {
        try {
            Path hit = armed.getParent().resolveSibling(HIT).resolve(armed.getFileName());
            Files.move(armed, hit, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void crash(String manner) {
        if (HALT.equals(manner)) {
            Runtime.getRuntime().halt(KILLED);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
