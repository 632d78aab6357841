package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.Annotation;
import dev.pawl.api.Artifacts;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.RunInfo;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageLog;
import dev.pawl.api.ai.Ai;
import dev.pawl.engine.ai.AiCaller;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.work.code.CodeHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A step whose user code runs in this process: what the code sees of its run, and what others see of the code. */
final class RunningStep implements StageContext {

    private final Assignment assignment;
    private final Payloads payloads;
    private final Supplier<Map<String, Payload>> earlierOutputs;
    private final Clock clock;
    private final StageServices services;
    private final Thread thread;
    private final Instant since;
    private final ObjectNode metrics = JsonCodec.object();
    private final List<RunLog.Line> lines = new ArrayList<>();
    private Tracing.Span span = Tracing.NONE.begin("", Tracing.Kind.INTERNAL, null, Map::of);
    private final List<Note> notes = new ArrayList<>();

    private double cost;
    private long tokens;
    private @Nullable String progress;
    private @Nullable String stopReason;
    private CodeHost.@Nullable Stoppable code;
    private boolean ended;

    /** @param earlierOutputs reads the outputs of the run's completed steps; called when user code asks for one */
    RunningStep(
            Assignment assignment,
            Payloads payloads,
            Supplier<Map<String, Payload>> earlierOutputs,
            StageServices services,
            Clock clock) {
        this.assignment = assignment;
        this.payloads = payloads;
        this.earlierOutputs = earlierOutputs;
        this.clock = clock;
        this.thread = Thread.currentThread();
        this.since = clock.now();
        this.services = services;
    }

    /** Where this execution stands in the trace of its run. */
    void isTracedBy(Tracing.Span value) {
        span = value;
    }

    Tracing.Span span() {
        return span;
    }

    Assignment assignment() {
        return assignment;
    }

    Instant since() {
        return since;
    }

    /** Sets the cancel flag and interrupts user code, once. */
    synchronized void stop(String reason) {
        if (stopReason == null && !ended) {
            stopReason = reason;
            if (code == null) {
                thread.interrupt();
            } else {
                code.stop();
            }
        }
    }

    /** From here on the code is stopped by itself, because it knows which of its threads execute steps. */
    synchronized void runs(CodeHost.Stoppable stoppable) {
        code = stoppable;
        if (stopReason != null) {
            stoppable.stop();
        }
    }

    /** Whether the code is durable code, which can be let compensate. */
    synchronized boolean isDurableCode() {
        return code != null;
    }

    /** The run is to be cancelled once it has compensated. */
    synchronized void cancel() {
        if (code != null && !ended) {
            code.cancel();
        }
    }

    /** Lets durable code stop steps that ran out of time. */
    synchronized void beat(Instant now) {
        if (code != null && !ended) {
            code.stopOverdue(now);
        }
    }

    synchronized Optional<String> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /** Forgets what an execution told that is rolled back, when the same transaction is tried once more. */
    synchronized void beginAgain() {
        metrics.removeAll();
        lines.clear();
        notes.clear();
        cost = 0;
        tokens = 0;
        progress = null;
        ended = false;
    }

    /** User code has returned: from here on nobody interrupts this thread on its account. */
    synchronized void end() {
        ended = true;
        if (stopReason != null && code == null) {
            Thread.interrupted();
        }
    }

    /** Progress told since the last call. */
    synchronized Optional<String> takeProgress() {
        Optional<String> latest = Optional.ofNullable(progress);
        progress = null;
        return latest;
    }

    /** Log lines written since the last call. */
    synchronized List<RunLog.Line> takeLines() {
        List<RunLog.Line> written = List.copyOf(lines);
        lines.clear();
        return written;
    }

    synchronized StepFigures figures() {
        return new StepFigures(progress, metrics.isEmpty() ? null : metrics.toString(), cost, tokens);
    }

    @Override
    public RunInfo run() {
        return RunInfos.of(assignment);
    }

    @Override
    public String stageId() {
        return assignment.stepId();
    }

    @Override
    public int attempt() {
        return assignment.attempt();
    }

    @Override
    public String idempotencyKey() {
        return assignment.key().toString();
    }

    @Override
    public <T> T config(Class<T> type) {
        JsonNode own = JsonCodec.parse(assignment.request().config()).path(stageId());
        return type.cast(JsonCodec.bind(own.isMissingNode() ? JsonCodec.object() : own, JsonCodec.type(type)));
    }

    @Override
    public <T> T require(String stageId, Class<T> type) {
        return optional(stageId, type)
                .orElseThrow(() -> new NonRetryableException(
                        "STAGE_OUTPUT_MISSING",
                        "Stage " + stageId() + " of run " + assignment.run().id() + " requires the output of stage '"
                                + stageId + "', which has none; there are outputs of " + available()));
    }

    @Override
    public <T> Optional<T> optional(String stageId, Class<T> type) {
        Payload known = assignment.previous().get(stageId);
        Payload output = known != null ? known : earlierOutputs.get().get(stageId);
        return Optional.ofNullable(output).map(payload -> JsonCodec.read(payloads.read(payload), type));
    }

    private Set<String> available() {
        return earlierOutputs.get().keySet();
    }

    @Override
    public StageLog log() {
        return this::write;
    }

    private void write(StageLog.Level level, String message, Map<String, ?> metadata) {
        write(new RunLog.Line(
                assignment.run().id(),
                clock.now(),
                level.name(),
                stageId(),
                attempt(),
                message,
                JsonCodec.write(metadata)));
    }

    @Override
    public void progress(double fraction, String message, Map<String, ?> details) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("Progress lies between 0 and 1, was " + fraction);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("progress", fraction);
        json.put("message", message);
        json.put("details", details);
        note(JsonCodec.write(json));
    }

    @Override
    public void progress(int step, int total) {
        if (step < 0 || total < 1 || step > total) {
            throw new IllegalArgumentException("Progress is step 0 to total, was " + step + " of " + total);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("progress", (double) step / total);
        json.put("step", step);
        json.put("total", total);
        note(JsonCodec.write(json));
    }

    synchronized void write(RunLog.Line line) {
        lines.add(line);
    }

    synchronized void note(String json) {
        progress = json;
    }

    @Override
    public synchronized void metric(String name, double value) {
        metrics.put(name, value);
    }

    @Override
    public synchronized void usage(double moreCost, long moreTokens) {
        cost += moreCost;
        tokens += moreTokens;
    }

    @Override
    public Ai ai() {
        RunHeader header = assignment.run().header();
        AiCaller caller = new AiCaller(
                header.tenant(),
                header.id(),
                header.workflowId(),
                stageId(),
                attempt(),
                attempt() - assignment.run().countedAttempt(attempt()));
        return services.ai().of(caller, used -> usage(used.cost().doubleValue(), used.tokens()));
    }

    @Override
    public synchronized void annotate(Annotation... annotations) {
        List<Note> written = new ArrayList<>();
        for (Annotation annotation : annotations) {
            written.add(WriteNote.of(
                    annotation.isOfRun() ? "" : stageId(),
                    attempt(),
                    annotation.name(),
                    JsonCodec.toTree(annotation.value()),
                    annotation.onceKey(),
                    annotation.isAnnounced()));
        }
        notes.addAll(written);
    }

    /** Annotations made by this attempt so far. */
    synchronized List<Note> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Artifacts artifacts() {
        return new RunArtifacts(
                services.artifacts(), assignment.run().id(), new ArtifactStore.Author(stageId(), attempt()));
    }

    @Override
    public synchronized boolean isCancelled() {
        return stopReason != null;
    }
}
