package dev.pawl.ejb.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.InvalidMemberException;
import dev.pawl.api.local.EngineDriver;
import dev.pawl.api.local.JobCounts;
import dev.pawl.api.local.JobResult;
import dev.pawl.api.local.ReplayCheck;
import dev.pawl.api.local.RunSnapshot;
import dev.pawl.api.local.TickCounts;
import dev.pawl.engine.command.BatchSize;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.work.CountJobs;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.code.ReplayReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The engine's wheel in the hands of beans of the application. */
final class CallDriver implements EngineDriver {

    private static final String MAX = "max";

    private final SendCommand commands;
    private final DriverBean bean;

    CallDriver(SendCommand commands, DriverBean bean) {
        this.commands = commands;
        this.bean = bean;
    }

    @Override
    public Claimed claim(int max) {
        ClaimPending.Claimed claimed = commands.send(() -> new ClaimPending(BatchSize.of(MAX, max)));
        return new Claimed(values(claimed.started()), values(claimed.failed()));
    }

    @Override
    public int poll(int max) {
        return commands.send(() -> new PollSuspended(BatchSize.of(MAX, max), null))
                .due();
    }

    @Override
    public int pollRun(String runId) {
        return commands.send(() -> new PollSuspended(BatchSize.USUAL, CallWorkflows.id(runId)))
                .due();
    }

    @Override
    public Reaped reap(int max) {
        ReapStale.Reaped reaped = commands.send(() -> new ReapStale(BatchSize.of(MAX, max)));
        return new Reaped(reaped.requeued(), reaped.failed());
    }

    @Override
    public Flushed flush(int max) {
        FlushOutbox.Flushed flushed = commands.send(() -> new FlushOutbox(BatchSize.of(MAX, max)));
        return new Flushed(flushed.delivered(), flushed.more());
    }

    @Override
    public List<String> repair(int max) {
        return values(
                commands.send(() -> new RepairRuns(BatchSize.of(MAX, max))).runs());
    }

    private static List<String> values(List<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }

    @Override
    public int replayDeadLetters(int max, DeadLetterFilter filter) {
        return commands.send(() -> ReplayDeadLetters.of(max, runOf(filter), filter.workflowId(), filter.listener()))
                .replayed();
    }

    private static @Nullable RunId runOf(DeadLetterFilter filter) {
        String id = filter.runId();
        try {
            return id == null ? null : new RunId(id);
        } catch (IllegalArgumentException e) {
            throw new InvalidMemberException("runId", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public TickCounts tick() {
        Maintenance.TickCounts done = bean.tick();
        return new TickCounts(
                done.claimed(), done.polled(), done.reaped(), done.relayed(), done.fired(), done.expired());
    }

    @Override
    public JobResult handleJob(String runId, String stageId) {
        return SendCommand.refusing(() ->
                result(join(bean.handleJob(commands.envelope(new ExecuteJob(CallWorkflows.id(runId), stageId))))));
    }

    private static JobResult result(JobOutcome outcome) {
        return new JobResult(
                outcome.runId().value(),
                outcome.stageId(),
                JobResult.Answer.valueOf(outcome.answer().name()),
                value(outcome.output()),
                error(outcome.error()));
    }

    private static @Nullable Object value(@Nullable JsonNode output) {
        return output == null ? null : JsonCodec.mapper().convertValue(output, Object.class);
    }

    private static RunSnapshot.@Nullable Error error(@Nullable Failure failure) {
        return failure == null ? null : new RunSnapshot.Error(failure.code(), failure.message(), failure.stage());
    }

    @Override
    public JobCounts processAvailableJobs(int max) {
        int size = SendCommand.refusing(() -> BatchSize.of(MAX, max));
        return CountJobs.count(join(bean.executeDue(size)));
    }

    @Override
    public ReplayCheck checkReplay(String workflowId) {
        return replay(workflowId, null);
    }

    @Override
    public ReplayCheck checkReplay(String workflowId, int against) {
        return replay(workflowId, against);
    }

    private ReplayCheck replay(String workflowId, @Nullable Integer against) {
        List<ReplayReport> parts =
                SendCommand.refusing(() -> join(bean.checkReplay(commands.caller(), workflowId, against)));
        return new ReplayCheck(
                parts.stream().mapToInt(ReplayReport::checked).sum(),
                parts.stream()
                        .flatMap(part -> part.breaking().stream())
                        .map(breach -> new ReplayCheck.Breach(
                                breach.runId(), breach.version(), breach.code(), breach.message()))
                        .toList());
    }

    @Override
    public EngineDriver withIdempotencyKey(String key) {
        return new CallDriver(commands.withIdempotencyKey(key), bean);
    }

    private static <T> T join(CompletableFuture<T> ended) {
        try {
            return ended.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
