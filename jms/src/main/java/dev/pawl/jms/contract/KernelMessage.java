package dev.pawl.jms.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.api.InvalidMemberException;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.BatchSize;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command as it stands in a message, beside its {@code type}. */
public sealed interface KernelMessage {

    /** One that a handler of the kernel carries out within the message's transaction. */
    sealed interface Immediate extends KernelMessage {
        Command<?> command();
    }

    /** {@code run.create}. */
    record Create(
            String workflowId,
            @Nullable Integer version,
            @Nullable JsonNode input,
            @Nullable JsonNode config,
            @Nullable Integer priority,
            @Nullable String correlationId,
            @Nullable JsonNode metadata)
            implements Immediate {
        public Create {
            required("workflowId", workflowId);
        }

        @Override
        public Command<?> command() {
            return new CreateRun(workflowId, version, input, config, priority, correlationId, metadata);
        }
    }

    /** {@code run.claimPending}. */
    record Claim(@Nullable Integer maxClaims) implements Immediate {
        public Claim {
            BatchSize.of("maxClaims", maxClaims);
        }

        @Override
        public Command<?> command() {
            return new ClaimPending(BatchSize.of("maxClaims", maxClaims));
        }
    }

    /** {@code run.transition}. */
    record Transition(RunId runId) implements Immediate {
        public Transition {
            required("runId", runId);
        }

        @Override
        public Command<?> command() {
            return new TransitionRun(runId);
        }
    }

    /** {@code run.cancel}. */
    record Cancel(
            RunId runId, @Nullable String reason, @Nullable Boolean compensate) implements Immediate {
        public Cancel {
            required("runId", runId);
        }

        @Override
        public Command<?> command() {
            return new CancelRun(runId, reason, Boolean.TRUE.equals(compensate));
        }
    }

    /** {@code run.pause}. */
    record Pause(RunId runId) implements Immediate {
        public Pause {
            required("runId", runId);
        }

        @Override
        public Command<?> command() {
            return new PauseRun(runId, true);
        }
    }

    /** {@code run.resume}. */
    record Resume(RunId runId) implements Immediate {
        public Resume {
            required("runId", runId);
        }

        @Override
        public Command<?> command() {
            return new PauseRun(runId, false);
        }
    }

    /** {@code run.annotate}. */
    record Annotate(RunId runId, List<AnnotateRun.Item> annotations) implements Immediate {
        public Annotate {
            required("runId", runId);
            required("annotations", annotations);
            annotations.forEach(item -> required("annotations/name", item == null ? null : item.name()));
        }

        @Override
        public Command<?> command() {
            return new AnnotateRun(runId, annotations);
        }
    }

    /** {@code run.retry}. */
    record RetryNow(RunId runId) implements Immediate {
        public RetryNow {
            required("runId", runId);
        }

        @Override
        public Command<?> command() {
            return new RetryRun(runId);
        }
    }

    /** {@code run.rerunFrom}. */
    record Rerun(
            RunId runId,
            String fromStageId,
            @Nullable JsonNode input,
            @Nullable Boolean allowCancelled) implements Immediate {
        public Rerun {
            required("runId", runId);
            required("fromStageId", fromStageId);
        }

        @Override
        public Command<?> command() {
            return new RerunFrom(runId, fromStageId, input, Boolean.TRUE.equals(allowCancelled));
        }
    }

    /** {@code run.signal}. */
    record Signal(RunId runId, String name, @Nullable JsonNode data) implements Immediate {
        public Signal {
            required("runId", runId);
            required("name", name);
        }

        @Override
        public Command<?> command() {
            return new SignalRun(runId, name, data);
        }
    }

    /** {@code run.repair}. */
    record Repair(@Nullable Integer max) implements Immediate {
        public Repair {
            BatchSize.of("max", max);
        }

        @Override
        public Command<?> command() {
            return new RepairRuns(BatchSize.of("max", max));
        }
    }

    /** {@code stage.pollSuspended}. */
    record Poll(@Nullable Integer max, @Nullable RunId runId) implements Immediate {
        public Poll {
            BatchSize.of("max", max);
        }

        @Override
        public Command<?> command() {
            return new PollSuspended(BatchSize.of("max", max), runId);
        }
    }

    /** {@code machine.start}. */
    record StartInstance(
            String machine, String instance, @Nullable JsonNode data) implements Immediate {
        public StartInstance {
            required("machine", machine);
            required("instance", instance);
        }

        @Override
        public Command<?> command() {
            return new StartMachine(machine, instance, data == null ? NullNode.getInstance() : data);
        }
    }

    /** {@code machine.event}. */
    record Event(
            String machine,
            String instance,
            String event,
            @Nullable JsonNode payload) implements Immediate {
        public Event {
            required("machine", machine);
            required("instance", instance);
            required("event", event);
        }

        @Override
        public Command<?> command() {
            return new SendEvent(machine, instance, event, payload == null ? NullNode.getInstance() : payload);
        }
    }

    /** {@code lease.reapStale}. */
    record Reap(@Nullable Integer max) implements Immediate {
        public Reap {
            BatchSize.of("max", max);
        }

        @Override
        public Command<?> command() {
            return new ReapStale(BatchSize.of("max", max));
        }
    }

    /** {@code outbox.flush}. */
    record Flush(@Nullable Integer max) implements Immediate {
        public Flush {
            BatchSize.of("max", max);
        }

        @Override
        public Command<?> command() {
            return new FlushOutbox(BatchSize.of("max", max));
        }
    }

    /**
     * {@code plugin.replayDLQ}.
     *
     * @param listener only dead letters of this listener; the empty text stands for the topic
     */
    record Replay(
            @Nullable Integer max,
            @Nullable RunId runId,
            @Nullable String workflowId,
            @Nullable String listener) implements Immediate {
        public Replay {
            ReplayDeadLetters.of(max, runId, workflowId, listener);
        }

        @Override
        public Command<?> command() {
            return ReplayDeadLetters.of(max, runId, workflowId, listener);
        }
    }

    /** {@code job.execute}: user code, which runs outside the message's transaction, on a worker. */
    record Execute(RunId runId, String stageId) implements KernelMessage {
        public Execute {
            required("runId", runId);
            required("stageId", stageId);
        }

        public StepKey step() {
            return new StepKey(runId, stageId);
        }
    }

    /**
     * {@code entity.command}: a command of a Manifest program.
     *
     * @param id of the instance; absent, the command makes its instance
     * @param expectedVersion of the instance, as the sender has seen it
     */
    record OfEntity(
            @Nullable String entity,
            @Nullable String id,
            String command,
            @Nullable JsonNode input,
            @Nullable Long expectedVersion,
            @Nullable List<ConstraintOverride> overrides,
            @Nullable String correlationId,
            @Nullable String causationId)
            implements KernelMessage {
        public OfEntity {
            if (entity != null || id != null) {
                required("entity", entity);
            }
            required("command", command);
            if (input != null && !input.isObject() && !input.isNull()) {
                throw new InvalidMemberException("input", "the member 'input' is not an object");
            }
            if (expectedVersion != null && expectedVersion < 1) {
                throw new InvalidMemberException(
                        "expectedVersion", "'expectedVersion' is at least 1, was " + expectedVersion);
            }
        }
    }

    /** A constraint to pass although it fails; who may is decided by its policy. */
    record ConstraintOverride(String constraintCode, String reason) {
        public ConstraintOverride {
            required("constraintCode", constraintCode);
            required("reason", reason);
        }
    }

    private static void required(String member, @Nullable Object value) {
        if (value == null) {
            throw new InvalidMemberException(member, "the member '" + member + "' is missing");
        }
        if (value.toString().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidMemberException(member, "the member '" + member + "' has control characters");
        }
    }
}
