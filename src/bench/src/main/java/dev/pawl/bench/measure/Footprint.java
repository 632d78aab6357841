package dev.pawl.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server keeps in memory.
 *
 * @param threads of its process
 * @param liveHeapBytes objects that are reachable, after a full collection
 */
public record Footprint(long threads, long liveHeapBytes) {

    private static final String THREADS = "Threads:";

    /** Lets the process collect its garbage and looks at what is left. */
    public static Footprint of(long pid) {
        return new Footprint(threads(pid), liveHeap(pid));
    }

    private static long threads(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(THREADS))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(THREADS.length()).trim()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the threads of process " + pid, e);
        }
    }

    /** The last line of the histogram is {@code Total <instances> <bytes>}. */
    private static long liveHeap(long pid) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(tool.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = process.inputReader().lines().toList();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " said: " + lines);
            }
            String[] total = lines.get(lines.size() - 1).trim().split("\\s+");
            return Long.parseLong(total[2]);
        } catch (IOException e) {
            throw new UncheckedIOException("asking process " + pid + " for its heap", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the heap was asked for", e);
        }
    }
}
