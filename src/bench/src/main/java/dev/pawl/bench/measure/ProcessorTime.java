package dev.pawl.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of processes, from Linux's {@code /proc}. */
final class ProcessorTime {

    /** Of one tick; fixed at 100 a second for what the kernel shows to programs. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final int IDLE = 4;
    private static final int WAITING = 5;

    private ProcessorTime() {}

    /** Milliseconds of a process, of its children that ended, and of those that run. */
    static long ofTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(process -> ticks(process.pid()))
                        .sum()
                * MILLIS_PER_TICK;
    }

    /** Milliseconds of a process alone. */
    static long ofProcess(ProcessHandle process) {
        return ticks(process.pid()) * MILLIS_PER_TICK;
    }

    /** Milliseconds all processors together were busy since the machine started. */
    static long ofMachine() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split("\\s+");
        long busy = 0;
        // guest time, behind the first eight, is part of user time already
        for (int i = 1; i <= 8; i++) {
            busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return busy * MILLIS_PER_TICK;
    }

    private static long ticks(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(file)) {
            return 0;
        }
        String text = read(file);
        if (text.isEmpty()) {
            return 0;
        }
        // the name before the last parenthesis may hold anything
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER])
                + Long.parseLong(fields[SYSTEM])
                + Long.parseLong(fields[CHILDREN_USER])
                + Long.parseLong(fields[CHILDREN_SYSTEM]);
    }

    /** The file's text; none when the process has ended meanwhile, whose time its parent then shows. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
