package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One try at a command: policies, constraints, guards, actions on a working copy, checks of the result, then one write
 * and the events. Everything that can refuse or cost budget comes before the write, so a refusal leaves nothing behind.
 */
final class CommandAttempt {
    private final Order order;
    private final CommandModel command;
    private final CommandCall call;
    private final CallScope scope;
    private final CommandInput input;
    private final List<ConstraintOutcome> outcomes = new ArrayList<>();
    private final EventBuffer events;
    private final EffectBuffer effects;
    private final JudgeConstraints judge;
    private final DeferCommand later;
    private final Evaluation evaluation;

    /** A call with its command found and its input read. */
    record Order(
            CommandModel command, CommandCall call, CallScope scope, CommandInput input, EventBuffer.Trail trail) {}

    CommandAttempt(Order order) {
        this.order = order;
        this.command = order.command();
        this.call = order.call();
        this.scope = order.scope();
        this.input = order.input();
        this.events = new EventBuffer(scope, order.trail());
        this.effects = new EffectBuffer(scope, order.trail());
        this.judge = new JudgeConstraints(scope, call, events);
        this.later = new DeferCommand(order);
        this.evaluation = scope.evaluation(call.options().limits());
    }

    /** The result, a refusal included; throws {@link LostRace} when another command wrote the row first. */
    CommandResult run() {
        try {
            return command.entity() == null ? runUnbound() : runOn(command.entity());
        } catch (CommandRefused refused) {
            return refused(refused.refusal());
        } catch (EvaluationBudgetExceeded exceeded) {
            return refused(Refusal.of(RefusalCode.BUDGET_EXCEEDED, exceeded.text()));
        }
    }

    private CommandResult runOn(EntityModel entity) {
        StoredEntity stored = call.instanceId() == null
                ? null
                : scope.load(entity, call.instanceId()).orElse(null);
        if (stored == null) {
            return create(entity);
        }
        if (command.isImplicit()) {
            throw exists(entity, stored.key().id());
        }
        return update(entity, stored);
    }

    private CommandResult runUnbound() {
        Frame frame = frame(Absent.NULL);
        checkPolicies(frame);
        decide(frame, null);
        if (later.applies()) {
            return accepted(null);
        }
        PerformActions actions = new PerformActions(command, scope, frame, events, effects);
        JsonNode result = JsonValues.toJson(actions.perform());
        announce(actions, result);
        return success(result, null, flush(null));
    }

    private CommandResult update(EntityModel entity, StoredEntity stored) {
        EntityRecord before = EntityRecord.fromJson(entity.shape(), stored.properties());
        EntityRecord after = before.copy();
        Frame frame = frame(after);
        checkPolicies(frame);
        InstanceVersion.expect(InstanceVersion.stated(entity, call, input), entity, stored);
        decide(frame, stored.key().id());
        RequireApprovals approvals = new RequireApprovals(order, entity, frame);
        if (!later.isJob()) {
            approvals.check(stored.key().id());
        }
        if (later.applies()) {
            approvals.useUp();
            return accepted(stored.key().id());
        }
        PerformActions actions = new PerformActions(command, scope, frame, events, effects);
        JsonNode result = JsonValues.toJson(actions.perform());
        if (actions.wrote()) {
            checkUpdate(entity, stored, before, after);
        }
        announce(actions, result);
        long version = actions.wrote() ? stored.version() + 1 : stored.version();
        EntityView view = ReadInstances.stored(entity, version, after, scope);
        if (actions.wrote()
                && !scope.work()
                        .entities()
                        .compareAndSet(new StoredEntity(stored.key(), version, after.toJson()), stored.version())) {
            throw new LostRace(stored);
        }
        approvals.useUp();
        return success(result, view, flush(stored.key().id()));
    }

    private CommandResult create(EntityModel entity) {
        if (call.instanceId() != null && !command.name().equals(CommandModel.CREATE)) {
            throw new CommandRefused(
                    RefusalCode.INSTANCE_NOT_FOUND,
                    "Instance '" + call.instanceId() + "' of entity '" + entity.name() + "' not found");
        }
        EntityRecord draft = DraftInstance.start(entity, call, input.values(), command.written(), scope);
        Frame frame = frame(draft);
        checkPolicies(frame);
        decide(frame, draft.id());
        if (!later.isJob()) {
            new RequireApprovals(order, entity, frame).check(null);
        }
        if (later.applies()) {
            return accepted(null);
        }
        PerformActions actions = new PerformActions(command, scope, frame, events, effects);
        Object last = actions.perform();
        DraftInstance.finish(entity, draft);
        new CheckDocument(entity, scope, null, draft).checkProperties(Set.of(), outcomes);
        judgeEntity(entity, draft);
        StoredEntity stored =
                new StoredEntity(scope.key(entity, draft.id()), InstanceVersion.first(entity, draft), draft.toJson());
        boolean constructs = command.isImplicit() || command.declared().initialization() != null;
        JsonNode result = constructs ? stored.properties() : JsonValues.toJson(last);
        announce(actions, result);
        if (!scope.work().entities().insert(stored)) {
            throw exists(entity, draft.id());
        }
        EntityView view = ReadInstances.created(entity, stored.version(), draft);
        return success(result, view, flush(draft.id()));
    }

    private Frame frame(Object self) {
        Frame frame = new Frame(evaluation, self, command.locals(), input.values());
        input.fill(frame);
        return frame;
    }

    private void checkPolicies(Frame frame) {
        boolean ungated =
                call.isStoring() || (command.isImplicit() && scope.options().semantics() == Semantics.PUBLISHED);
        if (!ungated) {
            CheckPolicies.check(command.policies(), frame, scope);
        }
    }

    private void decide(Frame frame, @Nullable String instanceId) {
        judge.judge(command.constraints(), frame, instanceId, outcomes);
        JudgeConstraints.refuseWhenBlocked(outcomes);
        int index = 1;
        for (ExplainedCode guard : command.guards()) {
            if (!guard.holds(frame)) {
                throw new CommandRefused(new Refusal(
                        RefusalCode.GUARD_FAILED,
                        "Guard condition failed for command '" + command.name() + "'",
                        new Refusal.GuardFailure(index, guard.text(), guard.resolved(frame))));
            }
            index++;
        }
    }

    private void checkUpdate(EntityModel entity, StoredEntity stored, EntityRecord before, EntityRecord after) {
        if (!after.id().equals(stored.key().id())) {
            throw new CommandRefused(
                    RefusalCode.CONSTRAINT_BLOCKED,
                    "The id of " + entity.name() + "#" + stored.key().id() + " cannot change to '" + after.id() + "'");
        }
        InstanceVersion.stamp(command, entity, stored, after, scope);
        CheckDocument document = new CheckDocument(entity, scope, before, after);
        document.checkTransitions(command.written());
        document.checkProperties(command.written(), outcomes);
        judgeEntity(entity, after);
    }

    private void judgeEntity(EntityModel entity, EntityRecord record) {
        JudgeConstraints.refuseWhenBlocked(outcomes);
        if (!entity.constraints().isEmpty()) {
            Frame rules = new Frame(evaluation, record, entity.ruleLocals(), Map.of());
            judge.judge(entity.constraints(), rules, record.id(), outcomes);
            JudgeConstraints.refuseWhenBlocked(outcomes);
        }
    }

    private void announce(PerformActions actions, JsonNode result) {
        actions.emit(input.values(), result);
        later.report(result, events);
    }

    /** Everything that leaves the command, now that its write has succeeded. */
    private List<EntityEvent> flush(@Nullable String instanceId) {
        effects.flush(command, instanceId);
        return events.flush(command, instanceId);
    }

    /** Whether losing a race for the row must be told, because the caller decided on what it had seen. */
    boolean statesVersion() {
        EntityModel entity = command.entity();
        return entity != null && InstanceVersion.stated(entity, call, input) != null;
    }

    /** The command runs later, as a job of the host. */
    private CommandResult accepted(@Nullable String instanceId) {
        JsonNode job = later.defer(instanceId);
        return success(job, null, List.of(), job.path("jobId").asText());
    }

    private CommandResult success(JsonNode result, @Nullable EntityView instance, List<EntityEvent> emitted) {
        return success(result, instance, emitted, null);
    }

    private CommandResult success(
            JsonNode result, @Nullable EntityView instance, List<EntityEvent> emitted, @Nullable String job) {
        return new CommandResult(
                result,
                instance,
                null,
                outcomes,
                emitted,
                List.of(),
                order.trail().correlationId(),
                order.trail().causationId(),
                job);
    }

    private CommandResult refused(Refusal refusal) {
        later.reportRefusal(refusal, call.instanceId());
        return CommandResult.refused(
                refusal, outcomes, order.trail().correlationId(), order.trail().causationId());
    }

    private static CommandRefused exists(EntityModel entity, String id) {
        return new CommandRefused(
                RefusalCode.INSTANCE_EXISTS, "Instance '" + id + "' of entity '" + entity.name() + "' already exists");
    }

    /** Somebody else wrote the row between the read and the write of this attempt. */
    static final class LostRace extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient StoredEntity seen;

        LostRace(StoredEntity seen) {
            super("another command wrote the row first", null, false, false);
            this.seen = seen;
        }

        StoredEntity seen() {
            return seen;
        }
    }
}
