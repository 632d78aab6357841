package dev.pawl.engine.work.code;

import dev.pawl.api.RunInfo;
import dev.pawl.api.StageLog;
import dev.pawl.api.StepContext;
import dev.pawl.api.ai.Ai;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt of a step, whose code runs on this thread: what the code sees, and how others stop it. */
final class StepCall implements StepContext {

    private final CodeRun run;
    private final String stepId;
    private final String branch;
    private final boolean isShielded;
    private final int attempt;
    private final Optional<Instant> deadline;
    private final Thread thread = Thread.currentThread();

    private double cost;
    private long tokens;
    private @Nullable Leave stop;
    private boolean timedOut;
    private boolean ended;

    /** @param isShielded whether it goes on though its branch is stopped, because it compensates */
    StepCall(CodeRun run, String branch, boolean isShielded, String stepId, int attempt, Optional<Instant> deadline) {
        this.run = run;
        this.branch = branch;
        this.isShielded = isShielded;
        this.stepId = stepId;
        this.attempt = attempt;
        this.deadline = deadline;
    }

    /** Whether the step was made in this branch or one below it. */
    boolean isWithin(String path) {
        return path.isEmpty() || branch.equals(path) || branch.startsWith(path + "/");
    }

    /** Interrupts the code; the branch leaves for this reason. */
    synchronized void stop(Leave reason) {
        if (stop == null && !ended && !(isShielded && reason instanceof Leave.Stopped)) {
            stop = reason;
            thread.interrupt();
        }
    }

    synchronized void stopIfOverdue(Instant now) {
        if (deadline.isPresent() && now.isAfter(deadline.get()) && !timedOut && !ended) {
            timedOut = true;
            thread.interrupt();
        }
    }

    /** The code has returned: from here on nobody interrupts this thread on its account. */
    synchronized void end() {
        ended = true;
        if (stop != null || timedOut) {
            Thread.interrupted();
        }
    }

    synchronized Optional<Leave> stopped() {
        return Optional.ofNullable(stop);
    }

    synchronized boolean isTimedOut() {
        return timedOut;
    }

    synchronized double cost() {
        return cost;
    }

    synchronized long tokens() {
        return tokens;
    }

    @Override
    public RunInfo run() {
        return run.info();
    }

    @Override
    public String stepId() {
        return stepId;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String idempotencyKey() {
        return run.keyOf(stepId);
    }

    @Override
    public StageLog log() {
        return (level, message, metadata) -> run.log(stepId, attempt, level, message, metadata);
    }

    @Override
    public void progress(double progress, String message, Map<String, ?> details) {
        run.progress(progress, message, details);
    }

    @Override
    public synchronized void usage(double moreCost, long moreTokens) {
        cost += moreCost;
        tokens += moreTokens;
    }

    @Override
    public Ai ai() {
        return run.ai(stepId, attempt, used -> usage(used.cost().doubleValue(), used.tokens()));
    }

    @Override
    public synchronized boolean isCancelled() {
        return stop != null || timedOut;
    }
}
