package dev.pawl.api.local;

import dev.pawl.api.Annotation;
import dev.pawl.api.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs, for beans of the application:
 *
 * <pre>{@code
 * @Stateless
 * public class Orders {
 *   @Inject Workflows workflows;
 *
 *   public void place(Order order) {
 *     save(order);
 *     workflows.start("fulfil-order", order, StartOptions.NONE.withIdempotencyKey(order.id()));
 *   }                                              // both, or neither
 * }
 * }</pre>
 *
 * <p>A call joins the caller's transaction, and workers hear of a run once that has committed. Commands are executed on
 * behalf of the caller the container has authenticated. Rows that a command writes stay locked until the transaction ends,
 * so keep it short.
 *
 * <p>Every method throws {@link CommandRefusedException} when the engine refuses, with the codes of the REST API.
 */
public interface Workflows {

    /** Starts a run and answers its id. */
    default String start(String workflowId, @Nullable Object input) {
        return start(workflowId, input, StartOptions.NONE);
    }

    /**
     * Starts a run and answers its id.
     *
     * @param input a record, a map or anything Jackson writes as what the workflow's input type reads; null is JSON null
     */
    String start(String workflowId, @Nullable Object input, StartOptions options);

    /** Starts a run of a pipeline at hand and answers its id. */
    default <I> String start(Pipeline<I, ?> workflow, I input) {
        return start(workflow, input, StartOptions.NONE);
    }

    /** Starts a run of a pipeline at hand, in that pipeline's version, and answers its id. */
    default <I> String start(Pipeline<I, ?> workflow, I input, StartOptions options) {
        return start(workflow.id(), input, options.withVersion(workflow.version()));
    }

    /** Ends a run and everything open in it; a finished run stays as it is. */
    Cancellation cancel(String runId, @Nullable String reason);

    /** Keeps a run from starting anything new; what runs ends as usual. */
    Pause pause(String runId);

    /** Lets a paused run go on. */
    Pause resume(String runId);

    /** Does now what the run would do later: the next attempt of a failed stage, the next poll; answers the stages. */
    List<String> retry(String runId);

    /** Begins a finished run once more at one of its stages. */
    Rerun rerunFrom(String runId, String fromStageId, RerunOptions options);

    /** Moves a run on if its current group is complete; for repair, since reports do it by themselves. */
    Transition transition(String runId);

    /** Notes facts on the run as a whole, whatever its status; the same fact is kept once. */
    Annotated annotate(String runId, Annotation... annotations);

    /** Notes facts on a stage the run has come to; those that are {@link Annotation#ofRun()} on the run. */
    Annotated annotateStage(String runId, String stageId, Annotation... annotations);

    /** The run, as this transaction sees it; empty when there is none for the caller. */
    Optional<RunSnapshot> find(String runId);

    /** The output of a completed run; empty while there is none, or no such run for the caller. */
    <T> Optional<T> output(String runId, Class<T> type);

    /**
     * How the run ends, as soon as that is committed. Whoever waits holds no thread. Ask after the transaction that started
     * the run: within it, it never ends.
     *
     * @param patience how long to wait at most
     * @return empty when it has not ended in time, or there is no such run for the caller
     */
    CompletionStage<Optional<RunEnd>> whenEnded(String runId, Duration patience);

    /**
     * How the run has ended, for a caller who has nothing else to do meanwhile.
     *
     * @param patience how long to wait at most
     * @return empty as for {@link #whenEnded}
     */
    Optional<RunEnd> awaitEnd(String runId, Duration patience) throws InterruptedException;

    /**
     * The same, with an idempotency key for the next command: given twice with the same content, it is executed once and
     * answered alike. Each kind of command has keys of its own.
     */
    Workflows withIdempotencyKey(String key);

    /**
     * That a run has ended.
     *
     * @param error absent when it completed
     */
    record RunEnd(String runId, RunStatus status, Instant endedAt, RunSnapshot.@Nullable Error error) {}

    /** @param cancelled false when the run had finished before */
    record Cancellation(boolean cancelled, RunStatus status) {}

    /** @param changed false when the run was in that state already */
    record Pause(boolean paused, boolean changed) {}

    /** @param repeated those that were kept already */
    record Annotated(int created, int repeated) {}

    /**
     * A run that was begun once more.
     *
     * @param attempt the number the next attempts have
     * @param dropped the stages that are executed again
     */
    record Rerun(int attempt, List<String> dropped) {
        public Rerun {
            dropped = List.copyOf(dropped);
        }
    }

    /** What a transition came to. */
    enum Transition {
        NOOP,
        ADVANCED,
        COMPLETED,
        FAILED
    }
}
