package dev.pawl.testkit.memory;

import dev.pawl.engine.port.RunLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Log lines in memory. */
final class InMemoryRunLog implements RunLog {

    private final Rows rows;
    private final AtomicLong last = new AtomicLong();

    InMemoryRunLog(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void append(List<Line> lines) {
        lines.forEach(line -> rows.log.put(last.incrementAndGet(), line));
    }
}
