package dev.pawl.engine.query;

import dev.pawl.engine.model.RunId;
import java.time.Duration;
import java.util.Optional;

/** Waits for runs to finish, on behalf of callers who want the result in the answer to their request. */
public interface RunWatch {

    /**
     * The run once it is finished.
     *
     * @param patience how long to wait at most; zero looks once
     * @return empty when it was not finished in time, or is not there for this tenant
     */
    Optional<RunView> awaitFinished(String tenant, RunId run, Duration patience);
}
