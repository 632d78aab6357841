package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Reads runs as they are committed. A run of another tenant does not exist for the asker. */
public interface RunQueries {

    Optional<RunView> find(String tenant, RunId run);

    /** Whether there is this run for the asker, without reading it. */
    default boolean has(String tenant, RunId run) {
        return find(tenant, run).isPresent();
    }

    /**
     * Newest first, without stages, inputs and outputs.
     *
     * @param cursor {@link Page#next} of the part before, or empty for the first
     * @throws IllegalArgumentException when the cursor was not made by this method
     */
    Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit);

    /** Events with a sequence greater than {@code after}, in order. */
    Page<EventView> events(RunId run, long after, int limit);

    /**
     * Log lines in order of time.
     *
     * @throws IllegalArgumentException when the cursor was not made by this method
     */
    Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit);

    default Page<LogView> logs(RunId run, Optional<String> cursor, int limit) {
        return logs(run, LogFilter.ALL, cursor, limit);
    }

    /** Of these runs, those with lines written at that time or later, each with a number that a further line raises. */
    Map<RunId, Long> newestLines(Collection<RunId> runs, Instant from);

    /** What durable code has recorded: entries with an ordinal greater than {@code after}, in order. */
    Page<StepView> steps(RunId run, int after, int limit);

    /** The latest value that durable code has published under this name. */
    Optional<JsonNode> value(RunId run, String name);

    /** The status of each of these runs; unknown ones are absent. */
    Map<RunId, RunStatus> statuses(Collection<RunId> runs);
}
