package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.List;

/** Log lines of runs. */
public interface RunLog {

    /**
     * A line.
     *
     * @param level DEBUG, INFO, WARN or ERROR
     * @param stepId empty when the line concerns the run as a whole
     * @param metadata JSON object
     */
    record Line(RunId run, Instant at, String level, String stepId, int attempt, String message, String metadata) {
        public Line {
            // user code decides what stands here, and databases take no NUL in a text
            message = message.replace('\0', '\uFFFD');
        }
    }

    void append(List<Line> lines);
}
