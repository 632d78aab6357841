package dev.pawl.ejb.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.Annotation;
import dev.pawl.api.local.RerunOptions;
import dev.pawl.api.local.RunSnapshot;
import dev.pawl.api.local.RunStatus;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs for beans of the application. */
final class CallWorkflows implements Workflows {

    private static final int LONGEST_ID = 64;

    private final SendCommand commands;
    private final RunQueries queries;
    private final RunWatch watch;

    CallWorkflows(SendCommand commands, RunQueries queries, RunWatch watch) {
        this.commands = commands;
        this.queries = queries;
        this.watch = watch;
    }

    @Override
    public String start(String workflowId, @Nullable Object input, StartOptions options) {
        SendCommand sender =
                options.idempotencyKey() == null ? commands : commands.withIdempotencyKey(options.idempotencyKey());
        return sender.send(() -> new CreateRun(
                        workflowId,
                        options.version(),
                        input == null ? null : JsonCodec.toTree(input),
                        objectOrNull(options.config()),
                        options.priority(),
                        options.correlationId(),
                        objectOrNull(options.metadata())))
                .runId()
                .value();
    }

    /** Nothing is sent as nothing, so that the same call over another transport is the same under a key. */
    private static @Nullable ObjectNode objectOrNull(Map<String, Object> members) {
        return members.isEmpty() ? null : (ObjectNode) JsonCodec.toTree(members);
    }

    @Override
    public Cancellation cancel(String runId, @Nullable String reason) {
        CancelRun.Cancellation done = commands.send(() -> new CancelRun(id(runId), reason));
        return new Cancellation(
                done.cancelled(), RunStatus.valueOf(done.status().name()));
    }

    @Override
    public Pause pause(String runId) {
        return pause(runId, true);
    }

    @Override
    public Pause resume(String runId) {
        return pause(runId, false);
    }

    private Pause pause(String runId, boolean paused) {
        PauseRun.Paused done = commands.send(() -> new PauseRun(id(runId), paused));
        return new Pause(done.paused(), done.changed());
    }

    @Override
    public List<String> retry(String runId) {
        return commands.send(() -> new RetryRun(id(runId))).stages();
    }

    @Override
    public Rerun rerunFrom(String runId, String fromStageId, RerunOptions options) {
        RerunFrom.Rerun rerun = commands.send(() -> new RerunFrom(
                id(runId),
                fromStageId,
                options.input() == null ? null : JsonCodec.toTree(options.input()),
                options.allowCancelled()));
        return new Rerun(rerun.attempt(), rerun.dropped());
    }

    @Override
    public Transition transition(String runId) {
        return Transition.valueOf(
                commands.send(() -> new TransitionRun(id(runId))).result().name());
    }

    @Override
    public Annotated annotate(String runId, Annotation... annotations) {
        return annotate(runId, null, List.of(annotations));
    }

    @Override
    public Annotated annotateStage(String runId, String stageId, Annotation... annotations) {
        return annotate(runId, stageId, List.of(annotations));
    }

    private Annotated annotate(String runId, @Nullable String stageId, List<Annotation> annotations) {
        AnnotateRun.Annotated done = commands.send(() -> new AnnotateRun(
                id(runId),
                annotations.stream()
                        .map(annotation -> new AnnotateRun.Item(
                                annotation.name(),
                                JsonCodec.toTree(annotation.value()),
                                annotation.isOfRun() ? null : stageId,
                                annotation.onceKey(),
                                annotation.isAnnounced() ? true : null))
                        .toList()));
        return new Annotated(done.created(), done.repeated());
    }

    @Override
    public Optional<RunSnapshot> find(String runId) {
        return view(runId).map(CallWorkflows::snapshot);
    }

    @Override
    public <T> Optional<T> output(String runId, Class<T> type) {
        return view(runId)
                .map(RunView::output)
                .map(output -> type.cast(SendCommand.refusing(() -> JsonCodec.bind(output, JsonCodec.type(type)))));
    }

    @Override
    public CompletionStage<Optional<RunEnd>> whenEnded(String runId, Duration patience) {
        return isId(runId)
                ? watch.whenEnded(commands.tenant(), new RunId(runId), patience)
                        .thenApply(found -> found.map(CallWorkflows::end))
                : CompletableFuture.completedStage(Optional.empty());
    }

    /** The thread that ends the run only has to wake this one. */
    @Override
    public Optional<RunEnd> awaitEnd(String runId, Duration patience) throws InterruptedException {
        if (!isId(runId)) {
            return Optional.empty();
        }
        try {
            return watch.whenEnded(commands.tenant(), new RunId(runId), patience, Runnable::run)
                    .toCompletableFuture()
                    .get()
                    .map(CallWorkflows::end);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("run " + runId + " could not be waited for", e);
        }
    }

    private static RunEnd end(dev.pawl.engine.query.RunEnd end) {
        return new RunEnd(
                end.run().value(), RunStatus.valueOf(end.status().name()), end.endedAt(), error(end.failure()));
    }

    @Override
    public Workflows withIdempotencyKey(String key) {
        return new CallWorkflows(commands.withIdempotencyKey(key), queries, watch);
    }

    private Optional<RunView> view(String runId) {
        return isId(runId) ? queries.find(commands.tenant(), new RunId(runId)) : Optional.empty();
    }

    private static RunSnapshot snapshot(RunView run) {
        return new RunSnapshot(
                run.id(),
                run.workflowId(),
                run.workflowVersion(),
                RunStatus.valueOf(run.status().name()),
                run.paused(),
                run.priority(),
                run.correlationId(),
                run.principal(),
                members(run.metadata()),
                run.createdAt(),
                run.startedAt(),
                run.completedAt(),
                error(run.error()));
    }

    private static RunSnapshot.@Nullable Error error(@Nullable Failure failure) {
        return failure == null ? null : new RunSnapshot.Error(failure.code(), failure.message(), failure.stage());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(@Nullable JsonNode object) {
        return object == null ? Map.of() : JsonCodec.mapper().convertValue(object, Map.class);
    }

    static RunId id(String runId) {
        if (!isId(runId)) {
            throw new RefusedException(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no run '" + runId + "'"));
        }
        return new RunId(runId);
    }

    private static boolean isId(String runId) {
        return !runId.isEmpty() && runId.length() <= LONGEST_ID;
    }
}
