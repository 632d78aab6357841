package dev.pawl.api.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drives the engine from outside, for hosts that switched its timers off ({@code pawl.timers=false}) and want to say
 * themselves when something happens. It may be used beside the timers as well.
 *
 * <p>{@link #claim}, {@link #poll}, {@link #pollRun}, {@link #reap}, {@link #flush}, {@link
 * #repair} and {@link #replayDeadLetters} are commands: they join the caller's
 * transaction, and take from 1 to 1,000 pieces of work. {@link #tick}, {@link #handleJob}, {@link #processAvailableJobs}
 * and {@link #checkReplay} consist of several transactions and leave the caller's alone; called in one, they do not see what it has not committed, and
 * wait for the rows it has locked.
 *
 * <p>Every method throws {@link CommandRefusedException} when the engine refuses, with the codes of the REST API.
 */
public interface EngineDriver {

    /** Starts pending runs, highest priority first, and opens their first steps. */
    Claimed claim(int max);

    /** Looks for suspended stages that are due to be polled; answers how many there are. */
    int poll(int max);

    /** Makes the suspended stages of one run due now; answers how many there are. */
    int pollRun(String runId);

    /** Takes steps back from workers whose lease ran out. */
    Reaped reap(int max);

    /** Delivers recorded events. */
    Flushed flush(int max);

    /** Moves runs on in which nothing would ever happen by itself; answers their ids. */
    List<String> repair(int max);

    /** Puts the oldest dead letters of the caller's tenant back among what is to be delivered; answers how many. */
    default int replayDeadLetters(int max) {
        return replayDeadLetters(max, DeadLetterFilter.ALL);
    }

    /** The same, of those that are meant. */
    int replayDeadLetters(int max, DeadLetterFilter filter);

    /** Claims, polls, reaps and relays once each. */
    TickCounts tick();

    /**
     * Executes one step now, and nothing after it; returns when the step has ended.
     *
     * <p>Under an idempotency key the step's lease marks the command as being in progress: it is refused as {@code
     * IDEMPOTENCY_IN_PROGRESS} while a worker holds the step, and free again once that lease has been taken back.
     */
    JobResult handleJob(String runId, String stageId);

    /** Executes up to {@code max} steps that are due, as many at the same time as there are places; returns when they have ended. */
    JobCounts processAvailableJobs(int max);

    /**
     * Replays the open runs of durable code against what is deployed, and names those it would not go on with. Methods are
     * called up to where their runs wait; no step is executed and nothing is written.
     */
    ReplayCheck checkReplay(String workflowId);

    /** As {@link #checkReplay(String)}, against the code of this version, whichever the runs were started in. */
    ReplayCheck checkReplay(String workflowId, int against);

    /**
     * The same, with an idempotency key for the next command: given twice with the same content, it is executed once and
     * answered alike. Each kind of command has keys of its own.
     */
    EngineDriver withIdempotencyKey(String key);

    /** @param failed runs that cannot be executed and are FAILED now */
    record Claimed(List<String> started, List<String> failed) {
        public Claimed {
            started = List.copyOf(started);
            failed = List.copyOf(failed);
        }
    }

    /**
     * Which dead letters are meant; what is absent does not restrict.
     *
     * @param listener the empty text stands for the topic
     */
    record DeadLetterFilter(
            @Nullable String runId,
            @Nullable String workflowId,
            @Nullable String listener) {

        public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null);

        public DeadLetterFilter ofRun(String id) {
            return new DeadLetterFilter(id, workflowId, listener);
        }

        public DeadLetterFilter ofWorkflow(String id) {
            return new DeadLetterFilter(runId, id, listener);
        }

        public DeadLetterFilter ofListener(String id) {
            return new DeadLetterFilter(runId, workflowId, id);
        }
    }

    /** @param failed whose attempts are used up */
    record Reaped(int requeued, int failed) {}

    /** @param more whether there may be more to deliver at once */
    record Flushed(int delivered, boolean more) {}
}
