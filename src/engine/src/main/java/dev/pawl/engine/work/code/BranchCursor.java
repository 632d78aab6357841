package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.NonRetryableException;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.work.PayloadMissingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a workflow's method on its way through its journal. Each call takes the next place: what is recorded there
 * answers, provided it is of the same kind and name; where nothing is recorded, the call is made.
 */
final class BranchCursor {

    private final CodeRun run;
    private final String path;
    private final List<Integer> order;
    private final boolean isShielded;
    private final Supplier<Optional<Leave.Stopped>> stopOfFork;
    private final Map<String, Integer> occurrences = new HashMap<>();

    private int position;
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
    BranchCursor(
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
    static BranchCursor main(CodeRun run, Instant begun) {
        return new BranchCursor(run, "", List.of(), begun, false, Optional::empty);
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

    /** Empty for the method itself. */
    String path() {
        return path;
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
        int occurrence = occurrence(name);
        if (position < size()) {
            leaveWhereStopped();
            Checkpoint entry = run.journal().at(path, position);
            if (entry.kind() != kind || !entry.name().equals(name)) {
                throw mismatch(Mismatches.differs(run.id(), entry, kind, below(name) + "#" + occurrence));
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

    /** The code makes a call that takes no place. */
    void enter() {
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
            throw mismatch(Mismatches.notReached(run.id(), entry));
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
            throw mismatch(Mismatches.isGone(run.id(), entry, e));
        } catch (UnfitJsonException e) {
            throw mismatch(Mismatches.doesNotFit(run.id(), entry, type, e));
        }
    }

    /** The code does not do what is recorded: every branch leaves. */
    Leave mismatch(String message) {
        return leave(run.leaveAll(new Leave.Mismatch(message)));
    }

    private String where() {
        return path.isEmpty() ? "run " + run.id() : "branch '" + path + "' of run " + run.id();
    }

    /** Whether what the code tells now was not told before. */
    boolean isLive() {
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

    /** How often this name was taken here, this time included. */
    int occurrence(String name) {
        return occurrences.merge(name, 1, Integer::sum);
    }

    /** The value a marker has recorded next here; empty when something else is recorded. */
    Optional<String> passMarker(String name) {
        for (int i = position; i < size(); i++) {
            Checkpoint entry = run.journal().at(path, i);
            if (entry.kind() != CheckpointKind.MARKER) {
                return Optional.empty();
            }
            if (entry.name().equals(name)) {
                position = i + 1;
                passed(entry, true);
                return Optional.of(String.valueOf(entry.detail()));
            }
        }
        return Optional.empty();
    }

    /** Whether anything but markers is recorded from here on. */
    boolean isBeforeRecorded() {
        for (int i = position; i < size(); i++) {
            if (run.journal().at(path, i).kind() != CheckpointKind.MARKER) {
                return true;
            }
        }
        return false;
    }

    /** Records a marker here; its place is written with the next entry that has to be durable. */
    void mark(String name, String value) {
        position = size() + 1;
        run.recorder()
                .add(Checkpoint.begun(
                                run.journal().nextOrdinal(),
                                path,
                                name,
                                occurrence(name),
                                CheckpointKind.MARKER,
                                run.now())
                        .withDetail(value)
                        .completed(null, run.now()));
    }

    /** Writes what waits if the time of what happened last is not durable yet; a replay must see the same. */
    Instant durableLatest() {
        if (!isLatestDurable) {
            flush();
            isLatestDurable = true;
        }
        return latest;
    }

    /** Where in the method something is registered now. */
    List<Integer> nextRegistration() {
        return CodeRun.key(order, position, 0, registered++);
    }
}
