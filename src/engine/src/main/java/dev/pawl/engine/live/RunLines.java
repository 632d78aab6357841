package dev.pawl.engine.live;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run in order of time, as it grows. Workers store lines some time after they were written, so a line may turn
 * up among those that were shown; each look therefore begins a while before the newest.
 */
final class RunLines {

    private static final int AT_ONCE = 500;

    /** Lines of running steps are stored every second. */
    private static final Duration OFTEN_LATE = Duration.ofSeconds(10);

    /** Those of a step inside a transaction are seen when it ends. */
    private static final Duration EVER_LATE = Duration.ofMinutes(3);

    private final RunQueries queries;
    private final RunId run;
    private final Map<String, Instant> shown = new HashMap<>();
    private final ArrayDeque<LogView> ready = new ArrayDeque<>();
    private @Nullable Instant from;
    private @Nullable Instant newest;
    private Optional<String> cursor = Optional.empty();
    private boolean exhausted;

    /** @param newest the newest line shown before; absent: none was */
    RunLines(RunQueries queries, RunId run, @Nullable Instant newest) {
        this.queries = queries;
        this.run = run;
        this.newest = newest;
        begin(OFTEN_LATE);
    }

    /** There may be more than was read. */
    void lookAgain() {
        if (exhausted) {
            begin(OFTEN_LATE);
        }
    }

    /** Looks for whatever came late, however late. */
    void lookThoroughly() {
        begin(EVER_LATE);
    }

    private void begin(Duration before) {
        from = newest == null ? null : newest.minus(before);
        cursor = Optional.empty();
        exhausted = false;
        ready.clear();
    }

    /** The next line not shown yet that was written at that time or before; null when there is none for now. */
    @Nullable
    LogView nextUpTo(Instant time) {
        while (ready.isEmpty() && !exhausted) {
            readPart();
        }
        LogView line = ready.peek();
        if (line == null || line.at().isAfter(time)) {
            return null;
        }
        ready.remove();
        shown.put(line.id(), line.at());
        if (newest == null || line.at().isAfter(newest)) {
            newest = line.at();
        }
        return line;
    }

    private void readPart() {
        Page<LogView> part = queries.logs(run, LogFilter.from(from), cursor, AT_ONCE);
        part.items().stream().filter(line -> !shown.containsKey(line.id())).forEach(ready::add);
        cursor = Optional.ofNullable(part.next());
        exhausted = cursor.isEmpty();
        if (exhausted && newest != null) {
            Instant kept = newest.minus(EVER_LATE);
            shown.values().removeIf(time -> time.isBefore(kept));
        }
    }

    /** Time of the newest line shown; null when none was. */
    @Nullable
    Instant newest() {
        return newest;
    }
}
