package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.Suspension;
import dev.pawl.engine.model.limit.Hold;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a store keeps of a run into what people see, so that every store shows it the same way. */
public final class RunProjection {

    private final Clock clock;
    private final BlobStore blobs;

    public RunProjection(Clock clock, BlobStore blobs) {
        this.clock = clock;
        this.blobs = blobs;
    }

    /** The run as a list shows it. */
    public RunView summary(RunHeader header, RunState state) {
        return view(header, state, Contents.NONE, List.of(), List.of());
    }

    /** The run as {@link #whole} would show it right after its creation, without reading anything. */
    public RunView created(CreateRun.AsCreated run) {
        Contents contents = new Contents(run.input(), run.config(), run.metadata(), null);
        return view(run.header(), run.state(), contents, List.of(), waiting(run.header(), run.state(), List.of()));
    }

    /** The run with everything known of it; {@code steps} in order of group and place. */
    public RunView whole(RunHeader header, RunState state, RunRequest request, List<StepState> steps) {
        return whole(header, state, request, steps, List.of());
    }

    /**
     * As {@link #whole(RunHeader, RunState, RunRequest, List)}, of durable code.
     *
     * @param open entries of its journal that have not ended
     */
    public RunView whole(
            RunHeader header, RunState state, RunRequest request, List<StepState> steps, List<Checkpoint> open) {
        Contents contents = new Contents(
                payload(request.input()),
                JsonCodec.parse(request.config()),
                JsonCodec.parse(request.metadata()),
                payload(state.output()));
        List<RunView.Waiting> waiting = waiting(header, state, steps);
        if (state.status() == RunStatus.SUSPENDED && !state.paused()) {
            steps.stream()
                    .filter(RunProjection::isSuspendedCode)
                    .forEach(method -> waiting.addAll(CodeWaiting.of(method, open, clock.now())));
        }
        return view(header, state, contents, steps.stream().map(this::stage).toList(), waiting);
    }

    /** Whether what the step waits for stands in the journal. */
    public static boolean isSuspendedCode(StepState step) {
        return step.kind() == StepKind.CODE && step.status() == StepStatus.SUSPENDED;
    }

    /** An entry of a journal, unless it is of no interest to people. */
    public Optional<StepView> step(Checkpoint entry) {
        return switch (entry.kind()) {
            case STOP, CONTINUED, VALUE -> Optional.empty();
            default ->
                Optional.of(new StepView(
                        entry.ordinal(),
                        entry.id(),
                        entry.name(),
                        entry.branch(),
                        entry.kind().name().toLowerCase(Locale.ROOT),
                        entry.status(),
                        entry.attempt(),
                        entry.startedAt(),
                        entry.completedAt(),
                        entry.wakeAt(),
                        payload(entry.output()),
                        entry.failure(),
                        entry.detail() == null ? null : JsonCodec.parse(entry.detail())));
        };
    }

    /** The value that an entry of a journal holds. */
    public Optional<JsonNode> value(Checkpoint entry) {
        return Optional.ofNullable(payload(entry.output()));
    }

    /** What a run was given and came to, which lists leave out. */
    private record Contents(
            @Nullable JsonNode input,
            @Nullable JsonNode config,
            @Nullable JsonNode metadata,
            @Nullable JsonNode output) {
        static final Contents NONE = new Contents(null, null, null, null);
    }

    private RunView view(
            RunHeader header,
            RunState state,
            Contents contents,
            List<RunView.StageView> stages,
            List<RunView.Waiting> waiting) {
        return new RunView(
                header.id().value(),
                header.tenant(),
                header.workflowId(),
                header.workflowVersion(),
                state.status(),
                state.paused(),
                contents.input(),
                contents.config(),
                contents.metadata(),
                contents.output(),
                state.failure(),
                header.priority(),
                header.correlationId(),
                header.parent() == null ? null : header.parent().value(),
                header.principal(),
                header.createdAt(),
                state.startedAt(),
                state.completedAt(),
                durationMs(state),
                new RunView.Totals(state.cost(), state.tokens()),
                state.version(),
                stages,
                waiting);
    }

    private @Nullable Long durationMs(RunState state) {
        if (state.startedAt() == null) {
            return null;
        }
        Instant end = state.completedAt() == null ? clock.now() : state.completedAt();
        return Math.max(0, Duration.between(state.startedAt(), end).toMillis());
    }

    private RunView.StageView stage(StepState step) {
        return new RunView.StageView(
                step.id(),
                step.name(),
                step.group(),
                step.status(),
                step.attempt(),
                step.startedAt(),
                step.completedAt(),
                step.status() == StepStatus.SUSPENDED ? step.dueAt() : null,
                step.suspension() == null ? null : step.suspension().deadline(),
                step.suspension() == null ? null : step.suspension().polls(),
                payload(step.output()),
                step.failure(),
                step.progress() == null ? null : JsonCodec.parse(step.progress()),
                step.metrics() == null ? null : JsonCodec.parse(step.metrics()));
    }

    /** A payload whose blob is gone shows the key it had, because an absent member would say that there was none. */
    private @Nullable JsonNode payload(@Nullable Payload payload) {
        if (payload == null) {
            return null;
        }
        if (payload instanceof Payload.Stored stored) {
            Optional<String> text = blobs.get(stored.blobKey());
            return text.isPresent()
                    ? JsonCodec.parse(text.get())
                    : JsonCodec.object().put("missingBlob", stored.blobKey());
        }
        return JsonCodec.parse(((Payload.Inline) payload).json());
    }

    private List<RunView.Waiting> waiting(RunHeader header, RunState state, List<StepState> steps) {
        List<RunView.Waiting> reasons = new ArrayList<>();
        if (state.status().isFinished()) {
            return reasons;
        }
        if (state.paused()) {
            reasons.add(new RunView.Waiting("PAUSED", null, null, "Paused; it goes on when somebody resumes it"));
        }
        if (state.status() == RunStatus.PENDING && !state.paused()) {
            Hold hold = state.hold();
            reasons.add(
                    hold != null && hold.isHeld()
                            ? new RunView.Waiting(hold.reason(), header.createdAt(), hold.until(), hold.detail())
                            : new RunView.Waiting(
                                    "CLAIM", header.createdAt(), null, "Waits to be claimed by a worker"));
        }
        for (StepState step : steps) {
            if (step.group() == state.group() && step.status().isOpen() && !isSuspendedCode(step)) {
                waiting(step, state.paused()).ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    private Optional<RunView.Waiting> waiting(StepState step, boolean paused) {
        if (step.status() == StepStatus.RUNNING) {
            String worker = step.lease() == null ? "a worker" : step.lease().owner();
            return Optional.of(new RunView.Waiting(
                    "RUNNING",
                    step.startedAt(),
                    null,
                    "Attempt " + step.attempt() + " of stage " + step.id() + " runs at " + worker));
        }
        if (step.kind() == StepKind.MACHINE) {
            return Optional.of(new RunView.Waiting(
                    "EVENT", null, null, "The machine is in its state until an event takes it to another"));
        }
        Suspension suspension = step.suspension();
        if (step.isPolled() && suspension != null) {
            return Optional.of(new RunView.Waiting(
                    "POLL",
                    null,
                    suspension.deadline(),
                    "Stage " + step.id() + " waits for work done elsewhere"
                            + (step.lease() != null
                                    ? " and is being asked by " + step.lease().owner()
                                    : step.dueAt() == null ? "" : ", is asked next at " + step.dueAt())
                            + ", until " + suspension.deadline() + " at most"
                            + (step.failure() == null
                                    ? ""
                                    : "; the last poll failed: "
                                            + step.failure().message())));
        }
        Instant due = step.dueAt();
        if (step.hasNoPlace()) {
            return Optional.of(new RunView.Waiting(
                    "LIMIT",
                    null,
                    null,
                    "Stage " + step.id() + " waits because as many stages of its group are at work as it allows"));
        }
        if (paused || due == null) {
            return Optional.empty();
        }
        Optional<RunView.Waiting> limit =
                due.isAfter(clock.now()) ? CodeWaiting.limit(step.failure(), due) : Optional.empty();
        if (limit.isPresent()) {
            return limit;
        }
        if (due.isAfter(clock.now())) {
            return Optional.of(new RunView.Waiting(
                    "RETRY",
                    null,
                    due,
                    "Stage " + step.id() + " is tried again after attempt " + step.attempt()
                            + (step.failure() == null
                                    ? ""
                                    : " failed: " + step.failure().message())));
        }
        return Optional.of(new RunView.Waiting("WORKER", due, null, "Stage " + step.id() + " waits for a free worker"));
    }
}
