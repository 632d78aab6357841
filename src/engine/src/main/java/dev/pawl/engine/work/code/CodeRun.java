package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.RunInfo;
import dev.pawl.api.StageLog;
import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.ai.AiCaller;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.work.limit.StepGates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a workflow's method: what all its branches share. */
final class CodeRun implements CodeHost.Stoppable {

    private final CodeHost host;
    private final CodeTools tools;
    private final RunInfo info;
    private final Journal journal;
    private final Recorder recorder;
    private final Figures figures;
    private final boolean isCheck;
    private final Set<StepCall> calls = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> branches = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable BranchCursor> current = new ThreadLocal<>();
    private volatile @Nullable Leave end;
    private @Nullable Instant wakeAt;

    /** @param isCheck whether nothing new is to be done: the code is only compared with what is recorded */
    CodeRun(
            CodeHost host,
            CodeTools tools,
            RunInfo info,
            Journal journal,
            Recorder recorder,
            Figures figures,
            boolean isCheck) {
        this.host = host;
        this.tools = tools;
        this.info = info;
        this.journal = journal;
        this.recorder = recorder;
        this.figures = figures;
        this.isCheck = isCheck;
    }

    CodeHost host() {
        return host;
    }

    Journal journal() {
        return journal;
    }

    Recorder recorder() {
        return recorder;
    }

    Figures figures() {
        return figures;
    }

    RunInfo info() {
        return info;
    }

    /** @param meter told what each call used */
    Ai ai(String stepId, int attempt, Consumer<AiUsage> meter) {
        return tools.ai().of(new AiCaller(info.tenant(), id(), info.workflowId(), stepId, attempt), meter);
    }

    RunId id() {
        return host.assignment().run().id();
    }

    Executor executor() {
        return tools.executor();
    }

    StepGates gates() {
        return tools.gates();
    }

    /** What the run was given, as JSON. */
    JsonNode input() {
        return JsonCodec.parse(tools.payloads().read(host.assignment().request().input()));
    }

    StepCalls stepCalls() {
        return tools.stepCalls();
    }

    double chance() {
        return tools.chance().next();
    }

    Instant now() {
        return tools.clock().now();
    }

    boolean isCheck() {
        return isCheck;
    }

    /** The same for every attempt of what was called there, and for no other call. */
    String keyOf(String checkpointId) {
        String generation = journal.generation() == 1 ? "" : "~" + journal.generation();
        return id() + generation + "/" + checkpointId;
    }

    // payloads

    Payload keep(Checkpoint entry, String json) {
        return tools.payloads().keep("runs/" + id() + "/code/" + entry.ordinal() + "/" + entry.attempt(), json);
    }

    @Nullable
    Object read(Payload payload, JavaType type) {
        String json = tools.payloads().read(payload);
        return json.equals("null") ? null : JsonCodec.read(json, type);
    }

    // leaving

    /**
     * Makes every branch leave for this reason; the first one counts. Steps that run go on and are recorded, unless nobody
     * wants their results.
     */
    synchronized Leave leaveAll(Leave reason) {
        Leave first = end;
        if (first == null) {
            first = reason;
            end = reason;
            if (reason instanceof Leave.Lost) {
                calls.forEach(call -> call.stop(reason));
            }
        }
        return first;
    }

    Optional<Leave> end() {
        return Optional.ofNullable(end);
    }

    /** @throws Leave when the whole run is being left */
    void throwIfLeft() {
        Leave reason = end;
        if (reason != null) {
            throw reason;
        }
        Optional<String> stop = host.stopReason();
        if (stop.isPresent()) {
            throw leaveAll(new Leave.Lost(stop.get()));
        }
    }

    /** What a report's answer means for the code. */
    void heed(Optional<Receipt> receipt) {
        if (receipt.isEmpty()) {
            throwIfLeft();
            return;
        }
        if (receipt.get() instanceof Receipt.Discarded discarded) {
            throw leaveAll(new Leave.Lost(discarded.reason()));
        }
        Receipt.Recorded recorded = (Receipt.Recorded) receipt.get();
        if (recorded.news() || recorded.stop()) {
            throw leaveAll(new Leave.Again());
        }
    }

    /** A branch waits, until this time at most. */
    synchronized void waitUntil(@Nullable Instant time) {
        if (time != null && (wakeAt == null || time.isBefore(wakeAt))) {
            wakeAt = time;
        }
    }

    synchronized Optional<Instant> wakeAt() {
        return Optional.ofNullable(wakeAt);
    }

    // steps

    void begin(StepCall call) {
        calls.add(call);
        if (end instanceof Leave.Lost lost) {
            call.stop(lost);
        }
    }

    void finish(StepCall call) {
        calls.remove(call);
    }

    /** Interrupts the steps of a branch and of those below it. */
    void stopBranch(String path, Leave reason) {
        calls.stream().filter(call -> call.isWithin(path)).forEach(call -> call.stop(reason));
    }

    @Override
    public void stop() {
        host.stopReason().ifPresent(reason -> leaveAll(new Leave.Lost(reason)));
    }

    @Override
    public void stopOverdue(Instant now) {
        calls.forEach(call -> call.stopIfOverdue(now));
    }

    @Override
    public void cancel() {
        if (!journal.isCancelRequested()) {
            journal.cancel();
            stopBranch("", new Leave.Stopped(Leave.Stopped.CANCEL));
        }
    }

    // branches

    void beginBranch(String path) {
        branches.put(path, true);
    }

    /** This thread goes on with a branch; answers with which it was occupied before. */
    Optional<BranchCursor> enter(BranchCursor branch) {
        Optional<BranchCursor> before = Optional.ofNullable(current.get());
        branch.own();
        current.set(branch);
        return before;
    }

    void exit(Optional<BranchCursor> before) {
        before.ifPresentOrElse(current::set, current::remove);
    }

    /** The branch this thread is occupied with. */
    Optional<BranchCursor> current() {
        return Optional.ofNullable(current.get());
    }

    /** An entry that no code asked for, in a branch that the code did not come to. */
    Optional<Checkpoint> ofUnknownBranch() {
        return journal.branches().stream()
                .filter(path -> !branches.containsKey(path))
                .sorted()
                .map(path -> journal.at(path, 0))
                .findFirst();
    }

    // what the code tells

    void log(String stepId, int attempt, StageLog.Level level, String message, Map<String, ?> metadata) {
        host.write(new RunLog.Line(id(), now(), level.name(), stepId, attempt, message, JsonCodec.write(metadata)));
    }

    void progress(double fraction, String message, Map<String, ?> details) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("Progress lies between 0 and 1, was " + fraction);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("progress", fraction);
        json.put("message", message);
        json.put("details", details);
        host.progress(JsonCodec.write(json));
    }

    boolean isCancelled() {
        return end != null || host.stopReason().isPresent() || journal.isCancelRequested();
    }

    static List<Integer> key(List<Integer> prefix, int... more) {
        List<Integer> key = new ArrayList<>(prefix);
        for (int part : more) {
            key.add(part);
        }
        return List.copyOf(key);
    }
}
