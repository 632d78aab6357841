package dev.pawl.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunEnd;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.engine.query.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that remembers what it was asked and answers at once. */
final class FakeEngine implements CommandBus, RunQueries, RunWatch {

    static final Instant NOW = Instant.parse("2026-01-31T08:30:00Z");

    final List<Envelope<?>> envelopes = new ArrayList<>();
    final Map<String, RunView> runs = new LinkedHashMap<>();
    final List<RunFilter> filters = new ArrayList<>();
    final List<LogFilter> logFilters = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    boolean finishesInTime;

    /** Whether commands are answered as if their keys had been used before. */
    boolean repeated;

    int finds;

    @Nullable
    RuntimeException broken;

    static RunView run(String id, RunStatus status) {
        return new RunView(
                id,
                "default",
                "greet",
                1,
                status,
                false,
                null,
                null,
                null,
                null,
                null,
                5,
                id,
                null,
                "anonymous",
                NOW,
                null,
                null,
                null,
                new RunView.Totals(0, 0),
                1,
                List.of(),
                List.of());
    }

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        if (broken != null) {
            throw broken;
        }
        envelopes.add(envelope);
        return answer(envelope);
    }

    private <R> Outcome<R> answer(Envelope<R> envelope) {
        Class<R> type = envelope.command().resultType();
        if (envelope.command() instanceof CreateRun create) {
            if (!create.workflowId().equals("greet")) {
                return new Outcome.Refused<>(Refusal.of(RefusalCode.WORKFLOW_NOT_FOUND, "There is no such workflow"));
            }
            String id = envelope.idempotencyKey().orElse("run-" + (runs.size() + 1));
            runs.put(id, run(id, RunStatus.PENDING));
            return new Outcome.Done<>(type.cast(
                    new CreateRun.Created(new RunId(id), RunStatus.PENDING, repeated ? null : asCreated(id, create))));
        }
        if (envelope.command() instanceof CancelRun cancel) {
            return runs.containsKey(cancel.runId().value())
                    ? new Outcome.Done<>(type.cast(new CancelRun.Cancellation(true, RunStatus.CANCELLED)))
                    : new Outcome.Refused<>(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no such run"));
        }
        PauseRun pause = (PauseRun) envelope.command();
        return new Outcome.Done<>(type.cast(new PauseRun.Paused(pause.paused(), true)));
    }

    private static CreateRun.AsCreated asCreated(String id, CreateRun create) {
        RunHeader header = new RunHeader(
                new RunId(id),
                "default",
                create.workflowId(),
                1,
                CreateRun.DEFAULT_PRIORITY,
                id,
                "anonymous",
                null,
                NOW);
        Run run = Run.create(header, new RunRequest(Payload.of("null"), "{}", "{}"));
        return new CreateRun.AsCreated(
                header,
                run.state(),
                create.input() == null ? NullNode.getInstance() : create.input(),
                JsonCodec.object(),
                JsonCodec.object());
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> several) {
        throw new UnsupportedOperationException("no resource sends several commands");
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        throw new UnsupportedOperationException("no resource runs user code");
    }

    @Override
    public Optional<RunView> find(String tenant, RunId run) {
        finds++;
        return Optional.ofNullable(runs.get(run.value()));
    }

    @Override
    public Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit) {
        cursor.ifPresent(given -> {
            throw new IllegalArgumentException("not a cursor: " + given);
        });
        filters.add(filter);
        return new Page<>(runs.values().stream().limit(limit).toList(), null);
    }

    @Override
    public Page<EventView> events(RunId run, long after, int limit) {
        return new Page<>(List.of(), null);
    }

    @Override
    public Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit) {
        logFilters.add(filter);
        return new Page<>(List.of(), null);
    }

    @Override
    public Map<RunId, Long> newestLines(Collection<RunId> asked, Instant from) {
        throw new UnsupportedOperationException("no resource looks for new lines");
    }

    @Override
    public Page<StepView> steps(RunId run, int after, int limit) {
        throw new UnsupportedOperationException("no test asks for steps");
    }

    @Override
    public Optional<JsonNode> value(RunId run, String name) {
        throw new UnsupportedOperationException("no test asks for values");
    }

    @Override
    public Map<RunId, RunStatus> statuses(Collection<RunId> asked) {
        throw new UnsupportedOperationException("no resource asks for statuses");
    }

    @Override
    public CompletionStage<Optional<RunView>> whenFinished(String tenant, RunId run, Duration patience) {
        waits.add(patience);
        Optional<RunView> end = finishesInTime ? Optional.of(run(run.value(), RunStatus.COMPLETED)) : Optional.empty();
        return CompletableFuture.completedStage(end);
    }

    @Override
    public CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience) {
        throw new UnsupportedOperationException("no resource asks how runs end");
    }

    @Override
    public CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience, Executor onEnd) {
        throw new UnsupportedOperationException("no resource asks how runs end");
    }
}
