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
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.CheckpointKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the code of a branch sees; its way through the journal is the cursor's. */
final class BranchContext implements WorkflowContext {

    private final BranchCursor branch;
    private final CodeRun run;
    private final VersionMarkers versions;
    private int derived;

    BranchContext(BranchCursor branch) {
        this.branch = branch;
        this.run = branch.codeRun();
        this.versions = new VersionMarkers(branch);
    }

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
        return new StepWork<>(branch, CheckpointKind.STEP, type, options, code).run(Paths.name(name));
    }

    @Override
    public <T extends @Nullable Object> T transaction(
            String name, TypeRef<T> type, StepOptions options, StepCode<T> code) {
        return new StepWork<>(branch, CheckpointKind.TRANSACTION, type, options, code).run(Paths.name(name));
    }

    @Override
    public void sleep(String name, Duration duration) {
        new SleepWork(branch).sleep(Paths.name(name), run.now().plus(duration));
    }

    @Override
    public void sleepUntil(String name, Instant time) {
        new SleepWork(branch).sleep(Paths.name(name), time);
    }

    @Override
    public <T> Optional<T> waitFor(Wait<T> wait) {
        return new WaitWork(branch, Awaited.Mode.ONE)
                .await(wait.type().name(), wait)
                .of(wait);
    }

    @Override
    public Arrivals waitForAny(String name, Wait<?>... waits) {
        return new WaitWork(branch, Awaited.Mode.ANY).await(Paths.name(name), waits);
    }

    @Override
    public Arrivals waitForAll(String name, Wait<?>... waits) {
        return new WaitWork(branch, Awaited.Mode.ALL).await(Paths.name(name), waits);
    }

    @Override
    public <T> void emit(EventType<T> type, String correlation, T data) {
        new EmitWork(branch).emit(type.name(), correlation, data);
    }

    @Override
    public void signal(String runId, String name, Object data) {
        new EmitWork(branch).emit(Wait.SIGNAL + name, runId, data);
    }

    @Override
    public Fork fork(String name, ParallelOptions options) {
        return ForkJoin.begin(branch, Paths.name(name), options);
    }

    @Override
    public <I, O> ChildRun<O> child(
            Class<? extends DurableWorkflow<I, O>> workflow, String name, I input, ChildOptions options) {
        JavaType[] types =
                JsonCodec.mapper().getTypeFactory().findTypeParameters(JsonCodec.type(workflow), DurableWorkflow.class);
        return StartedChild.start(branch, Paths.workflowId(workflow), types[1], Paths.name(name), input, options);
    }

    @Override
    public <O> ChildRun<O> child(
            String workflowId, TypeRef<O> output, String name, Object input, ChildOptions options) {
        return StartedChild.start(branch, workflowId, JsonCodec.type(output.type()), Paths.name(name), input, options);
    }

    @Override
    public Saga saga() {
        branch.enter();
        return new SagaWork(branch, branch.below("saga#" + branch.occurrence("saga/")));
    }

    @Override
    public int version(String id, int oldest, int latest) {
        return versions.version(id, oldest, latest);
    }

    @Override
    public Instant now() {
        branch.enter();
        return branch.durableLatest();
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
        branch.enter();
        derived++;
        return Paths.derivedId(run.keyOf(branch.below("~" + derived)));
    }

    @Override
    public void publish(String name, Object value) {
        branch.enter();
        if (branch.isLive()) {
            new PublishedValue(run, name).publish(value);
        }
    }

    @Override
    public void progress(double progress, String message, Map<String, ?> details) {
        if (branch.isLive()) {
            run.progress(progress, message, details);
        }
    }

    @Override
    public void metric(String name, double value) {
        if (branch.isLive()) {
            run.figures().metric(name, value);
        }
    }

    @Override
    public StageLog log() {
        return (level, message, metadata) -> {
            if (branch.isLive()) {
                run.log(branch.path(), 0, level, message, metadata);
            }
        };
    }

    @Override
    public boolean isCancelled() {
        return run.isCancelled();
    }

    @Override
    public <T> T continueAsNew(Object input) {
        branch.enter();
        if (!branch.isMain()) {
            throw new NonRetryableException(
                    "CONTEXT_IN_USE",
                    "A run continues as new in its method itself, not in branch '" + branch.path() + "'");
        }
        branch.finish();
        throw branch.leave(run.leaveAll(new Leave.Continued(input)));
    }
}
