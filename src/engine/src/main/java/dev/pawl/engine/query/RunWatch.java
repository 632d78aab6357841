package dev.pawl.engine.query;

import dev.pawl.engine.model.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Waits for runs to finish, on behalf of callers who want the result in the answer to their request. Whoever waits holds no
 * thread; what depends on the answer is done on a thread of the server's that may take its time.
 */
public interface RunWatch {

    /**
     * The run once it is finished.
     *
     * @param patience how long to wait at most
     * @return empty when it was not finished in time, or is not there for this tenant
     */
    CompletionStage<Optional<RunView>> whenFinished(String tenant, RunId run, Duration patience);

    /**
     * How the run ended; of a run that ends on this server that is known without a question to the database.
     *
     * @param onEnd does what depends on the answer, when that is told by whoever ends the run
     */
    CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience, Executor onEnd);

    /** As above; what depends on the answer may take its time. */
    CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience);
}
