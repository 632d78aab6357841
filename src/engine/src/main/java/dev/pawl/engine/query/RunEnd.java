package dev.pawl.engine.query;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That a run has ended, and how.
 *
 * @param failure absent when it completed
 */
public record RunEnd(
        RunId run,
        String tenant,
        RunStatus status,
        Instant endedAt,
        @Nullable Failure failure) {

    /** Of a run that is finished. */
    public static RunEnd of(Run run) {
        return new RunEnd(
                run.id(),
                run.header().tenant(),
                run.status(),
                Objects.requireNonNull(run.state().completedAt()),
                run.state().failure());
    }

    /** Of a run that is finished. */
    public static RunEnd of(RunView run) {
        return new RunEnd(
                new RunId(run.id()),
                run.tenant(),
                run.status(),
                Objects.requireNonNull(run.completedAt()),
                run.error());
    }
}
