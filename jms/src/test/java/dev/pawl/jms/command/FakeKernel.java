package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kernel that remembers what it was asked; it knows the workflow {@code greet} and the run {@code r1}. */
final class FakeKernel implements CommandBus, RunQueries {

    final List<Envelope<?>> envelopes = new ArrayList<>();

    @Nullable
    Refusal refusal;

    @Override
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        envelopes.add(envelope);
        if (refusal != null) {
            return new Outcome.Refused<>(refusal);
        }
        if (envelope.command() instanceof CreateRun create
                && !create.workflowId().equals("greet")) {
            return new Outcome.Refused<>(Refusal.of(RefusalCode.WORKFLOW_NOT_FOUND, "There is no such workflow"));
        }
        if (envelope.command() instanceof ExecuteJob job && !job.runId().value().equals("r1")) {
            return new Outcome.Refused<>(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no such run"));
        }
        return new Outcome.Done<>(envelope.command().resultType().cast(resultOf(envelope.command())));
    }

    private static Object resultOf(Command<?> command) {
        if (command instanceof CreateRun) {
            return new CreateRun.Created(new RunId("r1"), RunStatus.PENDING, null);
        }
        if (command instanceof ClaimPending) {
            return new ClaimPending.Claimed(List.of(), List.of());
        }
        if (command instanceof TransitionRun) {
            return new TransitionRun.Transitioned(TransitionRun.Result.NOOP);
        }
        if (command instanceof CancelRun) {
            return new CancelRun.Cancellation(true, RunStatus.CANCELLED);
        }
        if (command instanceof PauseRun pause) {
            return new PauseRun.Paused(pause.paused(), true);
        }
        if (command instanceof ReapStale) {
            return new ReapStale.Reaped(0, 0);
        }
        if (command instanceof FlushOutbox) {
            return new FlushOutbox.Flushed(0, false);
        }
        if (command instanceof RetryRun) {
            return new RetryRun.Retried(List.of());
        }
        if (command instanceof RerunFrom rerun) {
            return new RerunFrom.Rerun(rerun.runId(), rerun.fromStageId(), 2, List.of());
        }
        if (command instanceof SignalRun signal) {
            return new SignalRun.Signalled(signal.runId(), signal.name());
        }
        if (command instanceof PublishEvents publish) {
            return new PublishEvents.Accepted(publish.events().size());
        }
        if (command instanceof RepairRuns) {
            return new RepairRuns.Repaired(List.of());
        }
        if (command instanceof PollSuspended) {
            return new PollSuspended.Due(0);
        }
        if (command instanceof ExecuteJob) {
            return new ExecuteJob.Accepted(RunStatus.RUNNING);
        }
        throw new AssertionError("not a command of the queue: " + command);
    }

    @Override
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> several) {
        throw new UnsupportedOperationException("a message carries one command");
    }

    @Override
    public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
        throw new UnsupportedOperationException("a message carries no user code");
    }

    @Override
    public Optional<RunView> find(String tenant, RunId run) {
        return run.value().equals("r1") ? Optional.of(view()) : Optional.empty();
    }

    private static RunView view() {
        Instant now = Instant.parse("2026-01-31T08:30:00Z");
        RunView.StageView done = new RunView.StageView(
                "done",
                "done",
                0,
                StepStatus.COMPLETED,
                1,
                now,
                now,
                null,
                null,
                null,
                TextNode.valueOf("stored"),
                null,
                null,
                null);
        RunView.StageView open = new RunView.StageView(
                "open", "open", 1, StepStatus.PENDING, 0, null, null, null, null, null, null, null, null, null);
        return new RunView(
                "r1",
                "default",
                "greet",
                1,
                RunStatus.RUNNING,
                false,
                null,
                null,
                null,
                null,
                null,
                5,
                "r1",
                null,
                "anonymous",
                now,
                now,
                null,
                null,
                new RunView.Totals(0, 0),
                1,
                List.of(done, open),
                List.of());
    }

    @Override
    public Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException("no message lists runs");
    }

    @Override
    public Page<EventView> events(RunId run, long after, int limit) {
        throw new UnsupportedOperationException("no message reads events");
    }

    @Override
    public Map<RunId, Long> newestLines(Collection<RunId> runs, Instant from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException("no message reads logs");
    }

    @Override
    public Page<StepView> steps(RunId run, int after, int limit) {
        throw new UnsupportedOperationException("no message asks for steps");
    }

    @Override
    public Optional<JsonNode> value(RunId run, String name) {
        throw new UnsupportedOperationException("no message asks for values");
    }

    @Override
    public Map<RunId, RunStatus> statuses(Collection<RunId> asked) {
        throw new UnsupportedOperationException("no message asks for statuses");
    }
}
