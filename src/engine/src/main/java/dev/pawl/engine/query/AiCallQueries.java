package dev.pawl.engine.query;

import dev.pawl.engine.model.RunId;
import java.util.Optional;

/** Reads what models were asked and what that cost. */
public interface AiCallQueries {

    /**
     * The calls of a run in order of time.
     *
     * @param cursor of the part before
     * @throws IllegalArgumentException when the cursor is none
     */
    Page<AiCallView> calls(RunId run, Optional<String> cursor, int limit);

    /** @param limit groups shown */
    AiStatistics statistics(AiCallFilter filter, int limit);
}
