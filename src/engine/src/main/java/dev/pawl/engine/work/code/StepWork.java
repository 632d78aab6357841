package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.StepCode;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.work.limit.GateCall;
import dev.pawl.engine.work.limit.OpenGate;
import dev.pawl.engine.work.limit.Passage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A step: answered from the journal when it has ended, else attempted as often as its options allow. Between attempts the
 * branch waits.
 */
final class StepWork<T extends @Nullable Object> {

    private final BranchCursor branch;
    private final CodeRun run;
    private final CheckpointKind kind;
    private final JavaType type;
    private final StepOptions options;
    private final StepCode<T> code;
    private @Nullable OpenGate gate;

    StepWork(BranchCursor branch, CheckpointKind kind, TypeRef<T> type, StepOptions options, StepCode<T> code) {
        this.branch = branch;
        this.run = branch.codeRun();
        this.kind = kind;
        this.type = JsonCodec.type(type.type());
        this.options = options;
        this.code = code;
    }

    T run(String name) {
        BranchCursor.Call call = branch.next(kind, name);
        Checkpoint entry = call.entry();
        if (!call.isNew() && entry.isOpen()) {
            branch.meetOpen(entry);
        }
        while (entry.isOpen()) {
            entry = attemptWhenDue(entry);
        }
        branch.passed(entry, true);
        return switch (entry.status()) {
            case COMPLETED -> result(entry);
            case FAILED -> throw failure(entry);
            default -> throw stoppedBefore(entry);
        };
    }

    @SuppressWarnings("unchecked") // read as the type the author named
    private T result(Checkpoint entry) {
        return (T) branch.read(entry, type);
    }

    private Leave stoppedBefore(Checkpoint entry) {
        branch.meetOpen(entry);
        return branch.leave(new Leave.Stopped(Leave.Stopped.BRANCH));
    }

    private static StepFailedException failure(Checkpoint entry) {
        Failure failure = entry.failure();
        String code = failure == null ? "STEP_FAILED" : failure.code();
        String message = failure == null ? "" : failure.message();
        return new StepFailedException(entry.id(), code, message, entry.attempt());
    }

    private Checkpoint attemptWhenDue(Checkpoint entry) {
        Instant due = entry.wakeAt();
        if (due != null && due.isAfter(run.now()) && !isPostponed(entry)) {
            if (!branch.isMain()) {
                branch.flush();
            }
            throw branch.suspend(entry, due);
        }
        if (run.isCheck()) {
            throw branch.suspend(entry, due);
        }
        branch.flushIfWanted();
        return options.policies().isEmpty() ? attemptNow(entry) : attemptIfLetThrough(entry);
    }

    private Checkpoint attemptNow(Checkpoint entry) {
        Checkpoint attempted = entry.attempted(entry.attempt() + 1, run.now());
        return kind == CheckpointKind.TRANSACTION ? attemptInTransaction(attempted) : attempt(attempted);
    }

    // policies

    /** Whether it waits for a limit, which may have room before the time it asks again by itself. */
    private static boolean isPostponed(Checkpoint entry) {
        Failure failure = entry.failure();
        return failure != null && failure.code().equals(Ticket.LIMIT_REACHED);
    }

    private Checkpoint attemptIfLetThrough(Checkpoint entry) {
        Passage passage;
        try {
            passage = run.gates().enter(gateCall(entry));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Checkpoint ended = entry.failed(failureOf(e).in(entry.id()), run.now());
            branch.write(ended);
            return ended;
        }
        if (passage instanceof Passage.Open open) {
            gate = open.gate();
            try {
                return attemptNow(entry);
            } finally {
                gate = null;
                open.gate().leave();
            }
        }
        if (passage instanceof Passage.Postponed postponed) {
            Checkpoint waiting =
                    entry.retriedAt(postponed.until(), postponed.why().in(entry.id()));
            run.recorder().add(waiting);
            if (!branch.isMain()) {
                branch.flush();
            }
            throw branch.suspend(waiting, postponed.until());
        }
        Checkpoint ended = passage instanceof Passage.Answered answered
                ? entry.completed(run.keep(entry, answered.json()), run.now())
                : entry.failed(((Passage.Refused) passage).why().in(entry.id()), run.now());
        branch.write(ended);
        return ended;
    }

    private GateCall gateCall(Checkpoint entry) {
        return new GateCall(
                run.host().assignment().run().header(),
                run.host().assignment().stepId(),
                run.id() + "/" + entry.ordinal(),
                entry.name(),
                options.policies(),
                run::input,
                isPostponed(entry));
    }

    // one attempt

    private Checkpoint attempt(Checkpoint entry) {
        StepCall call = begin(entry);
        String json;
        try {
            json = call(entry, call);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            return thrown(entry, call, e);
        } finally {
            end(call);
        }
        if (gate != null) {
            // before its record: who dies in between finds the result in the cache, and nobody computes it again
            gate.leave();
        }
        Checkpoint done = with(entry, call);
        done = done.completed(run.keep(done, json), run.now());
        branch.write(done);
        return done;
    }

    private Checkpoint attemptInTransaction(Checkpoint entry) {
        StepCall[] last = new StepCall[1];
        try {
            Receipt receipt = run.recorder()
                    .writeWith(
                            () -> {
                                last[0] = begin(entry);
                                try {
                                    return call(entry, last[0]);
                                } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                                    throw new CodeFailed(e);
                                } finally {
                                    end(last[0]);
                                }
                            },
                            json -> {
                                Checkpoint done = with(entry, last[0]);
                                return done.completed(run.keep(done, json), run.now());
                            });
            run.heed(Optional.of(receipt));
            return run.journal().get(entry.ordinal());
        } catch (CodeFailed e) {
            return thrown(entry, last[0], e.thrown());
        } catch (Leave e) {
            throw branch.leave(e);
        } catch (RuntimeException e) {
            // the transaction did not commit: what the code wrote was refused, or the database is away
            return thrown(entry, last[0], e);
        }
    }

    private StepCall begin(Checkpoint entry) {
        Optional<Instant> deadline = options.timeout().isZero()
                ? Optional.empty()
                : Optional.of(run.now().plus(options.timeout()));
        StepCall call = new StepCall(run, entry.branch(), branch.isShielded(), entry.id(), entry.attempt(), deadline);
        branch.occupy("step '" + entry.id() + "'");
        run.begin(call);
        return call;
    }

    /** What the code returned, as JSON its type has accepted again. */
    private String call(Checkpoint entry, StepCall call) throws Exception {
        Object value = run.stepCalls().call(run.id(), entry.name(), call, () -> code.call(call));
        try {
            String json = JsonCodec.write(value);
            if (value != null) {
                JsonCodec.read(json, type);
            }
            if (gate != null) {
                gate.succeeded(json);
            }
            return json;
        } catch (UnfitJsonException e) {
            throw new NonRetryableException(
                    "INVALID_STEP_OUTPUT",
                    "The output of step " + run.id() + "/" + entry.id() + " is not a valid " + type.toCanonical() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void end(StepCall call) {
        call.end();
        run.finish(call);
        branch.occupy(null);
    }

    private Checkpoint with(Checkpoint entry, StepCall call) {
        run.figures().usage(call.cost(), call.tokens());
        return entry.plus(call.cost(), call.tokens());
    }

    // an attempt that threw

    private Checkpoint thrown(Checkpoint entry, @Nullable StepCall made, Throwable thrown) {
        StepCall call = made == null ? begin(entry) : made;
        end(call);
        Optional<Leave> stop = call.stopped();
        if (stop.isPresent()) {
            if (gate != null) {
                gate.left();
            }
            branch.stopHere();
            throw branch.leave(stop.get());
        }
        Checkpoint failed = with(entry, call);
        Throwable cause = call.isTimedOut()
                ? new TimeoutException("The step was stopped because it ran longer than " + options.timeout())
                : thrown;
        Failure failure = failureOf(cause).in(entry.id());
        if (gate != null) {
            gate.failed(cause);
        }
        if (!options.retry().allowsAfter(entry.attempt(), cause)) {
            Checkpoint ended = failed.failed(failure, run.now());
            branch.write(ended);
            return ended;
        }
        Duration pause = options.retry().delayAfter(entry.attempt(), run.chance());
        Checkpoint retried = failed.retriedAt(run.now().plus(pause), failure);
        run.recorder().add(retried);
        return retried;
    }

    private static Failure failureOf(Throwable thrown) {
        String message = thrown.getMessage();
        if (thrown instanceof NonRetryableException known) {
            return Failure.of(known.code(), message == null ? known.code() : message);
        }
        return Failure.of(
                thrown instanceof TimeoutException ? "STEP_TIMEOUT" : "STEP_FAILED",
                thrown.getClass().getName() + (message == null ? "" : ": " + message));
    }

    /** Carries what user code threw out of the transaction it rolls back. */
    private static final class CodeFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Throwable thrown;

        CodeFailed(Throwable thrown) {
            super(null, thrown, false, false);
            this.thrown = thrown;
        }

        Throwable thrown() {
            return thrown;
        }
    }
}
