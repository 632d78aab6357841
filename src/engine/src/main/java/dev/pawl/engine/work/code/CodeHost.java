package dev.pawl.engine.work.code;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.port.RunLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The step of a run of durable code as the worker sees it: what the code tells, and whether it is to stop. */
public interface CodeHost {

    Assignment assignment();

    /** Why the worker wants the code to stop, if it does. */
    Optional<String> stopReason();

    /** Whether the code is stopped because this server goes down. */
    boolean isGoingDown();

    /** From here on this is what is stopped; at once, if the worker wants it already. */
    void runs(Stoppable code);

    /** Code that runs, as far as it can be stopped. */
    interface Stoppable {

        /** The worker wants the code to stop, see {@link #stopReason()}. */
        void stop();

        /** The run is to be cancelled: its code leaves where it is, and compensates. */
        void cancel();

        /** Interrupts steps whose time is up. */
        void stopOverdue(Instant now);
    }

    void write(RunLog.Line line);

    /** Log lines nobody has stored yet. */
    List<RunLog.Line> takeLines();

    /** The latest progress as JSON. */
    void progress(String json);

    /** Progress nobody has stored yet. */
    Optional<String> takeProgress();
}
