package dev.pawl.engine.command;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.port.RunLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds to the journal of a run of durable code what its method has done, and says how the method goes on.
 *
 * @param checkpoints in the order in which they came about; one that is known already is replaced
 * @param awaited ordinals of checkpoints that the worker takes for open, and that others may have closed meanwhile
 * @param figures what was told since the last report
 * @param trustRun whether the run in the assignment may be taken for current, with compare-and-set as the guard
 */
public record ReportCode(
        Assignment assignment,
        List<Checkpoint> checkpoints,
        Then then,
        Set<Integer> awaited,
        StepFigures figures,
        List<RunLog.Line> log,
        boolean trustRun)
        implements Report<ReportCode.Receipt> {

    public ReportCode {
        checkpoints = List.copyOf(checkpoints);
        awaited = Set.copyOf(awaited);
        log = List.copyOf(log);
    }

    @Override
    public ReportCode repeated() {
        return new ReportCode(assignment, checkpoints, then, awaited, figures, log, false);
    }

    /** How the method goes on. */
    public sealed interface Then {
        /** It goes on at once. */
        record GoOn() implements Then {}

        /** Every branch waits. */
        record Suspend(Optional<Instant> wakeAt) implements Then {}

        /** It has returned. */
        record Complete(Payload output) implements Then {}

        /** It has thrown. */
        record Fail(Failure failure) implements Then {}

        /** It has left because the run was cancelled, and what it compensates is compensated. */
        record Cancelled() implements Then {}

        /** It cannot go on as it is deployed: the run waits for other code. */
        record Park(Failure failure) implements Then {}

        /** It begins anew with another input and an empty journal. */
        record Continue(Payload input) implements Then {}

        /** It was cut off through no fault of its own; somebody takes it up again at once. */
        record HandBack() implements Then {}
    }

    /** How the report was received. */
    public sealed interface Receipt {

        /**
         * Everything is recorded.
         *
         * @param run as committed; the worker hands it back with the next report
         * @param settled checkpoints that ended in this very transaction, in another way than reported or before the worker
         *     could know: an event was there already, a child could not be started
         * @param news whether others have changed the journal, so that it has to be read again
         * @param stop whether the code is to be left, and handed back: the run is paused
         */
        record Recorded(Run run, List<Checkpoint> settled, boolean news, boolean stop) implements Receipt {}

        /** The lease is no longer the worker's, or the run wants no more results. */
        record Discarded(String reason) implements Receipt {}
    }

    @Override
    public String type() {
        return "code.report";
    }

    @Override
    public Class<Receipt> resultType() {
        return Receipt.class;
    }

    @Override
    public Set<Channel> publications(String tenant) {
        return channels(CheckpointKind.EMIT);
    }

    @Override
    public Set<Channel> registrations(String tenant) {
        return channels(CheckpointKind.WAIT);
    }

    private Set<Channel> channels(CheckpointKind kind) {
        return checkpoints.stream()
                .filter(entry -> entry.kind() == kind && entry.detail() != null)
                .filter(entry -> kind == CheckpointKind.EMIT || entry.isOpen())
                .flatMap(entry -> Channels.of(entry, assignment.run().header().tenant()).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(assignment.run().id());
    }
}
