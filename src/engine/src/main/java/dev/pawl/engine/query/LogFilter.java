package dev.pawl.engine.query;

import dev.pawl.api.StageLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a run's log to read; what is absent does not restrict.
 *
 * @param levels those wanted; empty: all
 * @param stage written by this stage
 * @param from written at that time or later
 */
public record LogFilter(
        List<String> levels,
        @Nullable String stage,
        @Nullable Instant from) {

    public static final LogFilter ALL = new LogFilter(List.of(), null, null);

    public LogFilter {
        levels = List.copyOf(levels);
    }

    public static LogFilter from(@Nullable Instant from) {
        return new LogFilter(List.of(), null, from);
    }

    /** Lines of this level and graver ones. */
    public LogFilter atLeast(StageLog.Level least) {
        List<String> wanted = Arrays.stream(StageLog.Level.values())
                .filter(level -> level.compareTo(least) >= 0)
                .map(Enum::name)
                .toList();
        return new LogFilter(wanted, stage, from);
    }

    public boolean wants(String level, String stepId, Instant at) {
        return (levels.isEmpty() || levels.contains(level))
                && (stage == null || stage.equals(stepId))
                && (from == null || !at.isBefore(from));
    }
}
