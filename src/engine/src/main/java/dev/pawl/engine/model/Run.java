package dev.pawl.engine.model;

import dev.pawl.engine.model.limit.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a workflow, and the boundary of consistency: its status, its open steps and its events change
 * together or not at all.
 *
 * <p>Its life: a run is created PENDING. A claim makes it RUNNING and opens the steps of its first group. A worker leases
 * an open step, runs user code and reports under its lease. When every step of the group is complete the next group is
 * opened in the same change, until the last one completes the run. A step whose attempts are used up fails the run at
 * once; a cancellation ends it and every open step. Whatever happens is recorded as an event with the next sequence
 * number, and each change raises the version by one.
 *
 * <p>An instance holds the steps of the current group only; those of closed groups are history. It lives within one
 * transaction and is not thread-safe.
 */
public final class Run {

    private final RunHeader header;
    private final boolean isNew;
    private final long loadedVersion;
    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Set<String> changedSteps = new LinkedHashSet<>();
    private final List<StepState> closed = new ArrayList<>();
    private final List<RunEvent> recorded = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();

    private @Nullable RunRequest request;
    private RunState state;
    private boolean changed;
    private boolean requestChanged;

    private Run(
            RunHeader header,
            RunState state,
            Collection<StepState> steps,
            @Nullable RunRequest request,
            boolean isNew) {
        this.header = header;
        this.state = state;
        this.request = request;
        this.isNew = isNew;
        this.changed = isNew;
        this.loadedVersion = state.version();
        steps.forEach(step -> this.steps.put(step.id(), step));
    }

    /** A run that no store knows yet. */
    public static Run create(RunHeader header, RunRequest request) {
        return new Run(header, RunState.NEW, List.of(), request, true);
    }

    /** A run as a store holds it, with the steps of its current group. */
    public static Run load(
            RunHeader header, RunState state, Collection<StepState> steps, @Nullable RunRequest request) {
        return new Run(header, state, steps, request, false);
    }

    /** The same run for the next transaction, as it stands after this one committed. */
    public Run committed() {
        return new Run(header, state, steps.values(), request, false);
    }

    public RunId id() {
        return header.id();
    }

    public RunHeader header() {
        return header;
    }

    public RunState state() {
        return state;
    }

    public RunStatus status() {
        return state.status();
    }

    public boolean isNew() {
        return isNew;
    }

    public boolean isChanged() {
        return changed;
    }

    /** What compare-and-set must find in the store. */
    public long loadedVersion() {
        return loadedVersion;
    }

    /** Present on a new run and where a store was asked for it. */
    public Optional<RunRequest> request() {
        return Optional.ofNullable(request);
    }

    public void attach(RunRequest loaded) {
        request = loaded;
    }

    /** Puts another request in the place of the one there was. */
    public void replaceRequest(RunRequest other) {
        request = other;
        requestChanged = true;
        set(state);
    }

    /** Whether {@link #request()} has to be written to a run that is not new. */
    public boolean isRequestChanged() {
        return requestChanged;
    }

    /** The steps of the current group, in order. */
    public List<StepState> steps() {
        return List.copyOf(steps.values());
    }

    public Optional<StepState> step(String stepId) {
        return Optional.ofNullable(steps.get(stepId));
    }

    /** Steps opened or changed since the run was loaded, those of a group closed meanwhile included. */
    public List<StepState> changedSteps() {
        return Stream.concat(closed.stream(), changedSteps.stream().map(id -> Objects.requireNonNull(steps.get(id))))
                .toList();
    }

    /** The events recorded since the run was loaded. */
    public List<RunEvent> recorded() {
        return List.copyOf(recorded);
    }

    /** What was put into the journal since the run was loaded; the last of an ordinal counts. */
    public List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    public boolean isGroupComplete() {
        return !steps.isEmpty() && steps.values().stream().allMatch(step -> step.status() == StepStatus.COMPLETED);
    }

    // what commands do to a run

    public void start(Instant now) {
        set(to(RunStatus.RUNNING).running(now));
    }

    /** Replaces the closed group by this one, whose steps wait for workers. */
    public void open(int group, List<StepState> opened) {
        changedSteps().forEach(closed::add);
        steps.clear();
        changedSteps.clear();
        opened.forEach(step -> put(step.after(state.priorAttempts())));
        set(state.withGroup(group));
        settle();
    }

    /** Gives the step to a worker: to start it, or to ask whether what it waits for has ended. */
    public StepState lease(String stepId, Lease lease, Instant now) {
        StepState leased = put(require(stepId).leased(lease, now));
        settle();
        return leased;
    }

    /** Gives the step to a worker to start it, though it may wait for work it started before. */
    public StepState leaseToStart(String stepId, Lease lease, Instant now) {
        StepState leased = put(require(stepId).started(lease, now));
        settle();
        return leased;
    }

    /** How often this attempt's step was tried since the run was last begun at its group. */
    public int countedAttempt(int attempt) {
        return attempt - state.priorAttempts();
    }

    /**
     * Lets the step wait.
     *
     * @param kept what to keep for polls; absent when nothing is polled
     * @param due when to take it again by itself, if ever
     */
    public void suspend(
            String stepId,
            @Nullable Suspension kept,
            @Nullable Instant due,
            int attempts,
            @Nullable Failure why,
            StepFigures figures) {
        put(require(stepId).suspended(kept, due, attempts, why, figures));
        set(state.plus(figures));
    }

    /** Takes a step that waits for its time out of turn. */
    public void bringForward(String stepId, Instant due) {
        put(require(stepId).due(due));
    }

    /**
     * Makes the run SUSPENDED when all its open steps are, and RUNNING when one of them is not.
     *
     * @return whether it has become SUSPENDED by this call
     */
    public boolean settle() {
        if (!state.status().isActive()) {
            return false;
        }
        List<StepState> open =
                steps.values().stream().filter(step -> step.status().isOpen()).toList();
        if (open.isEmpty()) {
            return false;
        }
        boolean suspended = open.stream().allMatch(step -> step.status() == StepStatus.SUSPENDED);
        RunStatus next = suspended ? RunStatus.SUSPENDED : RunStatus.RUNNING;
        if (state.status() == next) {
            return false;
        }
        set(state.withStatus(next));
        return suspended;
    }

    /**
     * Begins a finished run once more at a group, whose steps and those of later groups are gone from the store.
     *
     * @param attempts the highest attempt of the dropped steps; new ones count on from it
     * @param kept what the steps that stay have cost
     */
    public void rerun(int group, List<StepState> opened, int attempts, StepFigures kept) {
        to(RunStatus.RUNNING);
        steps.clear();
        changedSteps.clear();
        set(state.rerun(group, attempts, kept));
        open(group, opened);
    }

    public void requeue(String stepId, Instant due, int attempts, @Nullable Failure why) {
        requeue(stepId, due, attempts, why, StepFigures.NONE);
    }

    /** What an attempt has cost is spent, whatever came of it. */
    public void requeue(String stepId, Instant due, int attempts, @Nullable Failure why, StepFigures figures) {
        put(require(stepId).waiting(due, attempts, why, figures));
        set(state.plus(figures));
    }

    /** Lets a step be done again from where it was when it was leased; no attempt is lost. */
    public void handBack(StepState step, Instant now, StepFigures figures) {
        if (step.isPolled()) {
            suspend(step.id(), step.suspension(), now, step.attempt(), step.failure(), figures);
        } else {
            requeue(step.id(), now, step.attempt() - 1, null, figures);
        }
    }

    public void completeStep(String stepId, Payload output, StepFigures figures, Instant now) {
        put(require(stepId).completed(output, figures, now));
        set(state.plus(figures));
    }

    public void endStep(String stepId, StepStatus as, @Nullable Failure why, StepFigures figures, Instant now) {
        put(require(stepId).ended(as, why, figures, now));
        set(state.plus(figures));
    }

    /** Puts an entry into the journal of durable code, or replaces the one with its ordinal. */
    public void checkpoint(Checkpoint entry) {
        checkpoints.add(entry);
        set(state);
    }

    /** Durable code has told something of itself, and has made headway when it has recorded something. */
    public void note(String stepId, StepFigures figures, boolean headway) {
        StepState step = require(stepId);
        StepState noted = step.noted(figures, headway);
        if (!noted.equals(step)) {
            put(noted);
        }
        if (figures.cost() != 0 || figures.tokens() != 0) {
            set(state.plus(figures));
        }
    }

    public void progress(String stepId, String json) {
        put(require(stepId).withProgress(json));
    }

    public void complete(Payload output, Instant now) {
        set(to(RunStatus.COMPLETED).ended(RunStatus.COMPLETED, now, output, null));
    }

    /** Fails the run and closes every open step. */
    public void fail(Failure failure, Instant now) {
        closeOpenSteps(now);
        set(to(RunStatus.FAILED).ended(RunStatus.FAILED, now, null, failure));
    }

    /** Cancels the run and closes every open step. */
    public void cancel(Failure reason, Instant now) {
        closeOpenSteps(now);
        set(to(RunStatus.CANCELLED).ended(RunStatus.CANCELLED, now, null, reason));
    }

    public void pause(boolean paused) {
        set(state.withPaused(paused));
    }

    /** It starts under a limit, and waits to be let in; or the limit has something new to say. */
    public void hold(Hold limit) {
        set(state.withHold(limit));
    }

    /** Records a fact under the next sequence number. */
    public void record(String type, Instant occurredAt, String causationId, String payload) {
        long sequence = state.lastSequence() + 1;
        recorded.add(new RunEvent(sequence, type, occurredAt, causationId, payload));
        set(state.withLastSequence(sequence));
    }

    private void closeOpenSteps(Instant now) {
        for (StepState step : steps()) {
            if (step.status().isOpen()) {
                put(step.ended(StepStatus.CANCELLED, null, StepFigures.NONE, now));
            }
        }
    }

    private StepState require(String stepId) {
        StepState step = steps.get(stepId);
        if (step == null) {
            throw new IllegalStateException("Run " + id() + " has no step '" + stepId + "' in its current group "
                    + state.group() + ", which holds " + steps.keySet());
        }
        return step;
    }

    private StepState put(StepState step) {
        steps.put(step.id(), step);
        changedSteps.add(step.id());
        set(state);
        return step;
    }

    private RunState to(RunStatus next) {
        if (!state.status().canBecome(next)) {
            throw new IllegalStateException("Run " + id() + " is " + state.status() + " and cannot become " + next);
        }
        return state;
    }

    /** The first change of a transaction raises the version, whatever number of changes follows. */
    private void set(RunState next) {
        state = changed ? next : next.withVersion(next.version() + 1);
        changed = true;
    }
}
