package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.Arrivals;
import dev.pawl.api.ChildOptions;
import dev.pawl.api.ChildRun;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Fork;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.RunInfo;
import dev.pawl.api.Saga;
import dev.pawl.api.StageLog;
import dev.pawl.api.StepCode;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Wait;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.work.PayloadMissingException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a workflow's method, and what its code sees. Each call takes the next place in the branch's journal: what is
 * recorded there answers, provided it is of the same kind and name; where nothing is recorded, the call is made.
 */
final class BranchContext implements WorkflowContext {

    private final CodeRun run;
    private final String path;
    private final List<Integer> order;
    private final boolean isShielded;
    private final Supplier<Optional<Leave.Stopped>> stopOfFork;
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();

    private int position;
    private int derived;
    private int registered;
    private Instant latest;
    private boolean isLatestDurable = true;
    private @Nullable Thread owner;
    private @Nullable String occupied;
    private @Nullable Leave left;

    /**
     * A branch at its beginning.
     *
     * @param order tells where in the method it stands, for comparison with others
     * @param isShielded whether it goes on though the run is cancelled, because it compensates
     * @param stopOfFork whether a branch beside it has failed
     */
    BranchContext(
            CodeRun run,
            String path,
            List<Integer> order,
            Instant begun,
            boolean isShielded,
            Supplier<Optional<Leave.Stopped>> stopOfFork) {
        this.run = run;
        this.path = path;
        this.order = order;
        this.latest = begun;
        this.isShielded = isShielded;
        this.stopOfFork = stopOfFork;
        run.beginBranch(path);
    }

    /** The method itself. */
    static BranchContext main(CodeRun run, Instant begun) {
        return new BranchContext(run, "", List.of(), begun, false, Optional::empty);
    }

    /** From here on the branch belongs to this thread. */
    void own() {
        owner = Thread.currentThread();
    }

    CodeRun codeRun() {
        return run;
    }

    /** The path of what is below a place of this branch. */
    String below(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** The place of the call made last, and of what is below it. */
    List<Integer> orderBelow() {
        return CodeRun.key(order, position - 1, 1);
    }

    boolean isShielded() {
        return isShielded;
    }

    boolean isMain() {
        return path.isEmpty();
    }

    Supplier<Optional<Leave.Stopped>> stopOfFork() {
        return stopOfFork;
    }

    Instant latest() {
        return latest;
    }

    /** While something of this branch runs, the context is not to be used. */
    void occupy(@Nullable String by) {
        occupied = by;
    }

    // places in the journal

    /** A call at its place: recorded before, or made now. */
    record Call(Checkpoint entry, boolean isNew) {}

    Call next(CheckpointKind kind, String name) {
        enter();
        passForgottenMarkers();
        int occurrence = occurrences.merge(name, 1, Integer::sum);
        if (position < size()) {
            leaveWhereStopped();
            Checkpoint entry = run.journal().at(path, position);
            if (entry.kind() != kind || !entry.name().equals(name)) {
                throw leave(run.leaveAll(new Leave.Mismatch(differs(entry, kind, name, occurrence))));
            }
            position++;
            return new Call(entry, false);
        }
        stopHere();
        if (run.isCheck()) {
            throw leave(new Leave.Suspended("nothing more is recorded"));
        }
        position++;
        return new Call(Checkpoint.begun(run.journal().nextOrdinal(), path, name, occurrence, kind, run.now()), true);
    }

    private int size() {
        return run.journal().size(path);
    }

    /** Code need not ask for ever whether it has changed. */
    private void passForgottenMarkers() {
        while (position < size() && run.journal().at(path, position).kind() == CheckpointKind.MARKER) {
            position++;
        }
    }

    /** Leaves where the code left before. */
    private void leaveWhereStopped() {
        if (position < size()) {
            Checkpoint entry = run.journal().at(path, position);
            if (entry.kind() == CheckpointKind.STOP) {
                position++;
                throw leave(new Leave.Stopped(entry.name()));
            }
        }
    }

    /** Leaves, and records that it was here, when the branch is not to do anything new. */
    void stopHere() {
        Optional<Leave.Stopped> stop = isShielded ? Optional.empty() : stopOfFork.get();
        if (stop.isEmpty() && !isShielded && run.journal().isCancelRequested()) {
            stop = Optional.of(new Leave.Stopped(Leave.Stopped.CANCEL));
        }
        if (stop.isPresent()) {
            position++;
            run.recorder()
                    .add(Checkpoint.begun(
                                    run.journal().nextOrdinal(),
                                    path,
                                    stop.get().why(),
                                    1,
                                    CheckpointKind.STOP,
                                    run.now())
                            .completed(null, run.now()));
            throw leave(stop.get());
        }
    }

    private void enter() {
        if (left != null) {
            throw left;
        }
        if (occupied != null) {
            throw new NonRetryableException(
                    "CONTEXT_IN_USE",
                    "The context of " + where() + " was used inside " + occupied
                            + "; a step has a StepContext, a branch a context of its own");
        }
        if (owner != Thread.currentThread()) {
            throw new NonRetryableException(
                    "CONTEXT_IN_USE",
                    "The context of " + where() + " was used by another thread than the workflow's own;"
                            + " work side by side belongs into branches of a fork");
        }
        run.throwIfLeft();
    }

    Leave leave(Leave reason) {
        left = reason;
        return reason;
    }

    /** The branch waits at an open entry, until a time or for others. */
    Leave suspend(Checkpoint entry, @Nullable Instant wakeAt) {
        run.waitUntil(wakeAt);
        return leave(new Leave.Suspended(entry.id()));
    }

    /** An open entry that was recorded before is met again; the code may have left there. */
    void meetOpen(Checkpoint entry) {
        leaveWhereStopped();
        if (entry.status() == StepStatus.CANCELLED) {
            throw leave(new Leave.Stopped(Leave.Stopped.BRANCH));
        }
        stopHere();
    }

    /** The call has ended. */
    void passed(Checkpoint entry, boolean isDurable) {
        Instant ended = entry.completedAt();
        if (ended != null && ended.isAfter(latest)) {
            latest = ended;
            isLatestDurable = isDurable;
        }
    }

    /** The code of this branch has ended: nothing more may be recorded of it. */
    void finish() {
        passForgottenMarkers();
        if (left == null && position < size()) {
            Checkpoint entry = run.journal().at(path, position);
            throw leave(run.leaveAll(new Leave.Mismatch(notReached(entry))));
        }
    }

    /** What made the branch leave, though the code may have swallowed it. */
    Optional<Leave> left() {
        return Optional.ofNullable(left);
    }

    @Nullable
    Object read(Checkpoint entry, JavaType type) {
        try {
            return entry.output() == null ? null : run.read(entry.output(), type);
        } catch (PayloadMissingException e) {
            throw leave(run.leaveAll(new Leave.Mismatch("The recorded result of "
                    + describe(entry.kind(), entry.id()) + " of run " + run.id() + " is gone: " + e.getMessage()
                    + ". Restore it, then retry the run.")));
        } catch (UnfitJsonException e) {
            throw leave(run.leaveAll(new Leave.Mismatch("Run " + run.id() + " has recorded a result of "
                    + describe(entry.kind(), entry.id()) + " that does not fit " + type.toCanonical()
                    + ", which the code asks for now: " + e.getMessage() + ". " + REMEDY)));
        }
    }

    static final String REMEDY =
            "Deploy code that does what is recorded, with ctx.changed(\"…\") around what is new, or"
                    + " deploy the change as a new version beside the old one; then retry the run.";

    private String differs(Checkpoint entry, CheckpointKind kind, String name, int occurrence) {
        return "Run " + run.id() + " has recorded " + describe(entry.kind(), entry.id())
                + " where the code now asks for " + describe(kind, below(name) + "#" + occurrence) + ". " + REMEDY;
    }

    private String notReached(Checkpoint entry) {
        return "Run " + run.id() + " has recorded " + describe(entry.kind(), entry.id())
                + ", which the code now ends without asking for. " + REMEDY;
    }

    private static String describe(CheckpointKind kind, String id) {
        return kind.name().toLowerCase(Locale.ROOT) + " '" + id + "'";
    }

    private String where() {
        return path.isEmpty() ? "run " + run.id() : "branch '" + path + "' of run " + run.id();
    }

    private boolean isLive() {
        return position >= size() && !run.isCheck();
    }

    /** Writes an entry and goes on, unless the answer tells to leave. */
    void write(Checkpoint entry) {
        if (run.isCheck()) {
            throw leave(new Leave.Suspended("nothing more is recorded"));
        }
        try {
            run.heed(run.recorder().write(entry));
        } catch (Leave e) {
            throw leave(e);
        }
    }

    void flush() {
        if (run.isCheck()) {
            return;
        }
        try {
            run.heed(run.recorder().flush());
        } catch (Leave e) {
            throw leave(e);
        }
    }

    /** Lets others see what was published before something that may last. */
    void flushIfWanted() {
        if (run.recorder().isWantedByOthers()) {
            flush();
        }
    }

    /** The entry of a child, once it has ended. */
    Checkpoint awaitChild(int ordinal) {
        enter();
        Checkpoint entry = run.journal().get(ordinal);
        if (entry.isOpen() || entry.status() == StepStatus.CANCELLED) {
            meetOpen(entry);
            throw suspend(entry, null);
        }
        passed(entry, true);
        return entry;
    }

    /** Where in the method something is registered now. */
    List<Integer> nextRegistration() {
        return CodeRun.key(order, position, 0, registered++);
    }

    // what the code sees

    @Override
    public RunInfo run() {
        return run.info();
    }

    @Override
    public int generation() {
        return run.journal().generation();
    }

    @Override
    public <T extends @Nullable Object> T step(String name, TypeRef<T> type, StepOptions options, StepCode<T> code) {
        return new StepWork<>(this, CheckpointKind.STEP, type, options, code).run(Paths.name(name));
    }

    @Override
    public <T extends @Nullable Object> T transaction(
            String name, TypeRef<T> type, StepOptions options, StepCode<T> code) {
        return new StepWork<>(this, CheckpointKind.TRANSACTION, type, options, code).run(Paths.name(name));
    }

    @Override
    public void sleep(String name, Duration duration) {
        sleep(name, run.now().plus(duration));
    }

    @Override
    public void sleepUntil(String name, Instant time) {
        sleep(name, time);
    }

    private void sleep(String name, Instant until) {
        Call call = next(CheckpointKind.SLEEP, Paths.name(name));
        Checkpoint entry = call.isNew() ? call.entry().wakingAt(until) : call.entry();
        if (!call.isNew() && entry.status() != StepStatus.COMPLETED) {
            meetOpen(entry);
        }
        Instant wakeAt = entry.wakeAt();
        if (entry.status() != StepStatus.COMPLETED && wakeAt != null) {
            if (wakeAt.isAfter(run.now())) {
                if (call.isNew()) {
                    run.recorder().add(entry);
                }
                throw suspend(entry, wakeAt);
            }
            entry = entry.completed(null, run.now());
            run.recorder().add(entry);
            passed(entry, false);
            return;
        }
        passed(entry, true);
    }

    @Override
    public <T> Optional<T> waitFor(Wait<T> wait) {
        return new WaitWork(this, Awaited.Mode.ONE)
                .await(wait.type().name(), wait)
                .of(wait);
    }

    @Override
    public Arrivals waitForAny(String name, Wait<?>... waits) {
        return new WaitWork(this, Awaited.Mode.ANY).await(Paths.name(name), waits);
    }

    @Override
    public Arrivals waitForAll(String name, Wait<?>... waits) {
        return new WaitWork(this, Awaited.Mode.ALL).await(Paths.name(name), waits);
    }

    @Override
    public <T> void emit(EventType<T> type, String correlation, T data) {
        emit(type.name(), correlation, data);
    }

    @Override
    public void signal(String runId, String name, Object data) {
        emit(Wait.SIGNAL + name, runId, data);
    }

    private void emit(String event, String correlation, Object data) {
        Call call = next(CheckpointKind.EMIT, event);
        if (call.isNew()) {
            Checkpoint entry =
                    call.entry().withDetail(JsonCodec.write(Map.of("event", event, "correlation", correlation)));
            entry = entry.completed(run.keep(entry, JsonCodec.write(data)), run.now());
            passed(entry, true);
            write(entry);
        } else {
            passed(call.entry(), true);
        }
    }

    @Override
    public Fork fork(String name, ParallelOptions options) {
        Call call = next(CheckpointKind.FORK, Paths.name(name));
        if (call.isNew()) {
            run.recorder().add(call.entry());
        }
        return new ForkJoin(this, call.entry(), options, orderBelow());
    }

    @Override
    public <I, O> ChildRun<O> child(
            Class<? extends DurableWorkflow<I, O>> workflow, String name, I input, ChildOptions options) {
        JavaType[] types =
                JsonCodec.mapper().getTypeFactory().findTypeParameters(JsonCodec.type(workflow), DurableWorkflow.class);
        return StartedChild.start(this, Paths.workflowId(workflow), types[1], Paths.name(name), input, options);
    }

    @Override
    public <O> ChildRun<O> child(
            String workflowId, TypeRef<O> output, String name, Object input, ChildOptions options) {
        return StartedChild.start(this, workflowId, JsonCodec.type(output.type()), Paths.name(name), input, options);
    }

    @Override
    public Saga saga() {
        enter();
        int number = occurrences.merge("saga/", 1, Integer::sum);
        return new SagaWork(this, below("saga#" + number));
    }

    @Override
    public int version(String id, int oldest, int latestKnown) {
        enter();
        int taken = versions.computeIfAbsent(id, asked -> take(asked, oldest, latestKnown));
        if (taken < oldest || taken > latestKnown) {
            throw leave(run.leaveAll(new Leave.Mismatch("Run " + run.id() + " has taken version " + taken + " of '" + id
                    + "', and the code knows " + oldest + " to " + latestKnown + ". " + REMEDY)));
        }
        return taken;
    }

    private int take(String id, int oldest, int latestKnown) {
        for (int i = position; i < size(); i++) {
            Checkpoint entry = run.journal().at(path, i);
            if (entry.kind() != CheckpointKind.MARKER) {
                return oldest;
            }
            if (entry.name().equals(id)) {
                position = i + 1;
                passed(entry, true);
                return Integer.parseInt(String.valueOf(entry.detail()));
            }
        }
        if (!run.isCheck()) {
            position = size() + 1;
            Checkpoint entry = Checkpoint.begun(
                            run.journal().nextOrdinal(),
                            path,
                            id,
                            occurrences.merge(id, 1, Integer::sum),
                            CheckpointKind.MARKER,
                            run.now())
                    .withDetail(String.valueOf(latestKnown))
                    .completed(null, run.now());
            run.recorder().add(entry);
        }
        return latestKnown;
    }

    @Override
    public Instant now() {
        enter();
        if (!isLatestDurable) {
            flush();
            isLatestDurable = true;
        }
        return latest;
    }

    @Override
    public RandomGenerator random() {
        UUID seed = derivedId();
        return new SplittableRandom(seed.getMostSignificantBits() ^ seed.getLeastSignificantBits());
    }

    @Override
    public UUID uuid() {
        return derivedId();
    }

    private UUID derivedId() {
        enter();
        derived++;
        return Paths.derivedId(run.keyOf(below("~" + derived)));
    }

    @Override
    public void publish(String name, Object value) {
        enter();
        if (!isLive()) {
            return;
        }
        String json = JsonCodec.write(value);
        Optional<Checkpoint> before = run.journal().value(name);
        Checkpoint entry = before.orElseGet(
                () -> Checkpoint.begun(run.journal().nextOrdinal(), "", name, 1, CheckpointKind.VALUE, run.now()));
        boolean same = entry.output() != null
                && JsonCodec.write(run.read(entry.output(), JsonCodec.type(Object.class)))
                        .equals(json);
        if (!same) {
            Checkpoint next = entry.attempted(entry.attempt() + 1, entry.startedAt());
            run.recorder().addForOthers(next.completed(run.keep(next, json), run.now()));
        }
    }

    @Override
    public void progress(double progress, String message, Map<String, ?> details) {
        if (isLive()) {
            run.progress(progress, message, details);
        }
    }

    @Override
    public void metric(String name, double value) {
        if (isLive()) {
            run.figures().metric(name, value);
        }
    }

    @Override
    public StageLog log() {
        return (level, message, metadata) -> {
            if (isLive()) {
                run.log(path, 0, level, message, metadata);
            }
        };
    }

    @Override
    public boolean isCancelled() {
        return run.isCancelled();
    }

    @Override
    public <T> T continueAsNew(Object input) {
        enter();
        if (!isMain()) {
            throw new NonRetryableException(
                    "CONTEXT_IN_USE", "A run continues as new in its method itself, not in branch '" + path + "'");
        }
        finish();
        throw leave(run.leaveAll(new Leave.Continued(input)));
    }
}
