package dev.pawl.engine.work;

import dev.pawl.engine.port.RunLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines on their way: those that could not be written are kept for the next time, as many as memory may be used for. */
final class LogBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(LogBuffer.class);
    private static final int MOST = 20_000;
    private static final int TOGETHER = 1_000;

    private final Consumer<List<RunLog.Line>> log;
    private final List<RunLog.Line> waiting = new ArrayList<>();
    private int dropped;

    /** @param log appends lines in a transaction of its own */
    LogBuffer(Consumer<List<RunLog.Line>> log) {
        this.log = log;
    }

    void add(List<RunLog.Line> lines) {
        int room = Math.min(lines.size(), MOST - waiting.size());
        waiting.addAll(lines.subList(0, room));
        dropped += lines.size() - room;
    }

    void write() {
        while (!waiting.isEmpty()) {
            List<RunLog.Line> next = waiting.subList(0, Math.min(TOGETHER, waiting.size()));
            log.accept(List.copyOf(next));
            next.clear();
        }
        if (dropped > 0) {
            LOG.warn(
                    "{} log lines of steps came while none could be written, more than are kept; they are lost",
                    dropped);
            dropped = 0;
        }
    }
}
