package dev.pawl.testkit;

import dev.pawl.api.TypeRef;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunView.StageView;
import dev.pawl.engine.query.StepView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A run in a {@link TestEngine}. Every question is answered from what is committed at the time it is asked. */
public final class TestRun {

    private final TestEngine engine;
    private final RunId id;

    TestRun(TestEngine engine, RunId id) {
        this.engine = engine;
        this.id = id;
    }

    public RunId id() {
        return id;
    }

    /** The run as {@code GET /api/runs/{runId}} shows it. */
    public RunView view() {
        return engine.view(id);
    }

    public RunStatus status() {
        return view().status();
    }

    /**
     * What the workflow put out.
     *
     * @throws AssertionError when the run is not COMPLETED; the message says what it is instead, and why
     */
    public <T> T output(Class<T> type) {
        return output(TypeRef.of(type));
    }

    /** As {@link #output(Class)}, of a type a class object cannot name. */
    @SuppressWarnings("unchecked") // read as this very type
    public <T> T output(TypeRef<T> type) {
        RunView view = view();
        if (view.status() != RunStatus.COMPLETED) {
            throw new AssertionError("Run " + id + " has no output: it is " + view.status()
                    + (view.error() == null ? "" : " with " + view.error()) + ", waiting for " + view.waiting());
        }
        return (T) JsonCodec.bind(Objects.requireNonNull(view.output()), JsonCodec.type(type.type()));
    }

    /** Why the run failed or was cancelled. */
    public Optional<Failure> error() {
        return Optional.ofNullable(view().error());
    }

    /** @throws AssertionError when the run has not come to this stage */
    public StageView stage(String stageId) {
        List<StageView> stages = view().stages();
        return stages.stream()
                .filter(stage -> stage.id().equals(stageId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Run " + id + " has not come to stage '" + stageId
                        + "'; it knows "
                        + stages.stream().map(StageView::id).toList()));
    }

    /** How many attempts of this stage count as used; 0 when the run has not come to it or it has not begun. */
    public int attempts(String stageId) {
        return view().stages().stream()
                .filter(stage -> stage.id().equals(stageId))
                .mapToInt(StageView::attempt)
                .findFirst()
                .orElse(0);
    }

    /** How often the code of this stage, or what stands in for it, was started for this run. */
    public int executions(String stageId) {
        return engine.executions(stageId, id);
    }

    /** When the run goes on by itself, if it waits for a time. */
    public Optional<Instant> waitsUntil() {
        return view().waiting().stream()
                .map(RunView.Waiting::until)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** The whole history, in order. */
    public List<EventView> events() {
        return engine.events(id);
    }

    /** The names of the events of the history, in order: {@code workflow:created}, {@code workflow:started} … */
    public List<String> eventTypes() {
        return events().stream().map(EventView::type).toList();
    }

    /** What stages asked of models, in order. */
    public List<AiCallView> aiCalls() {
        return engine.aiCalls(id);
    }

    /** What stages wrote to the run's log, in order. */
    public List<LogView> logs() {
        return engine.logs(id);
    }

    /** What the run has published under this name. */
    public <T> Optional<T> query(String name, Class<T> type) {
        return engine.value(id, name).map(value -> type.cast(JsonCodec.bind(value, JsonCodec.type(type))));
    }

    /** What durable code has recorded, in order. */
    public List<StepView> steps() {
        return engine.steps(id);
    }

    /** Ends the run, unless it has finished. */
    public CancelRun.Cancellation cancel(String reason) {
        return engine.cancel(id, reason);
    }

    /** Sends the run a signal, and does everything that can be done then. */
    public TestRun signal(String name, Object data) {
        engine.execute(new SignalRun(id, name, JsonCodec.toTree(data)));
        engine.runUntilIdle();
        return this;
    }

    /** Ends the run once its sagas have compensated. */
    public CancelRun.Cancellation cancelAndCompensate(String reason) {
        CancelRun.Cancellation cancellation = engine.execute(new CancelRun(id, reason, true));
        engine.runUntilIdle();
        return cancellation;
    }

    /** Brings forward what waits for its time, and tries code again that could not go on as it was deployed. */
    public TestRun retry() {
        engine.execute(new RetryRun(id));
        engine.runUntilIdle();
        return this;
    }

    /** Keeps the run from starting anything new. */
    public void pause() {
        engine.pause(id, true);
    }

    /** Lets a paused run go on. */
    public void resume() {
        engine.pause(id, false);
    }

    @Override
    public String toString() {
        return "run " + id;
    }
}
