package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.StoredEntity;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One try at a command: policies, constraints, guards, actions on a working copy, checks of the result, then one write
 * and the events. Whatever refuses before the write leaves nothing behind.
 */
final class CommandAttempt {
    private final CommandModel command;
    private final CommandCall call;
    private final CallScope scope;
    private final CommandInput input;
    private final EventBuffer.Trail trail;
    private final List<ConstraintOutcome> outcomes = new ArrayList<>();
    private final EventBuffer events;
    private final JudgeConstraints judge;
    private final Evaluation evaluation;

    CommandAttempt(Order order) {
        this.command = order.command();
        this.call = order.call();
        this.scope = order.scope();
        this.input = order.input();
        this.trail = order.trail();
        this.events = new EventBuffer(scope, trail);
        this.judge = new JudgeConstraints(scope, call, events);
        this.evaluation = scope.evaluation(call.options().limits());
    }

    /** A call with its command found and its input read. */
    record Order(
            CommandModel command, CommandCall call, CallScope scope, CommandInput input, EventBuffer.Trail trail) {}

    CommandResult run() {
        try {
            return command.entity() == null ? runUnbound() : runOn(command.entity());
        } catch (CommandRefused refused) {
            return refused(refused.refusal());
        } catch (EvaluationBudgetExceeded exceeded) {
            return refused(Refusal.of(RefusalCode.BUDGET_EXCEEDED, exceeded.text()));
        }
    }

    private CommandResult refused(Refusal refusal) {
        return CommandResult.refused(refusal, outcomes, trail.correlationId(), trail.causationId());
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
        if (isDeferred()) {
            return defer(null);
        }
        PerformActions actions = new PerformActions(command, scope, frame, events);
        JsonNode result = JsonValues.toJson(actions.perform());
        actions.emit(input.values(), result);
        reportJob(result);
        return success(result, null, events.flush(command, null));
    }

    private CommandResult update(EntityModel entity, StoredEntity stored) {
        EntityRecord before = EntityRecord.fromJson(entity.shape(), stored.properties());
        EntityRecord after = before.copy();
        Frame frame = frame(after);
        checkPolicies(frame);
        expectVersion(entity, stored);
        decide(frame, stored.key().id());
        requireApproval(entity, stored, frame);
        if (isDeferred()) {
            return defer(stored.key().id());
        }
        PerformActions actions = new PerformActions(command, scope, frame, events);
        JsonNode result = JsonValues.toJson(actions.perform());
        if (actions.wrote()) {
            checkUpdate(entity, stored, before, after);
        }
        actions.emit(input.values(), result);
        reportJob(result);
        long version = actions.wrote() ? stored.version() + 1 : stored.version();
        EntityView view = ReadInstances.stored(entity, version, after, scope);
        if (actions.wrote()
                && !scope.work()
                        .entities()
                        .compareAndSet(new StoredEntity(stored.key(), version, after.toJson()), stored.version())) {
            throw new LostRace(stored);
        }
        return success(result, view, events.flush(command, stored.key().id()));
    }

    private CommandResult create(EntityModel entity) {
        if (call.instanceId() != null && !command.name().equals(CommandModel.CREATE)) {
            throw new CommandRefused(
                    RefusalCode.INSTANCE_NOT_FOUND,
                    "Instance '" + call.instanceId() + "' of entity '" + entity.name() + "' not found");
        }
        EntityRecord draft = DraftInstance.start(entity, call.instanceId(), input.values(), command.written(), scope);
        Frame frame = frame(draft);
        checkPolicies(frame);
        decide(frame, draft.id());
        if (isDeferred()) {
            return defer(null);
        }
        PerformActions actions = new PerformActions(command, scope, frame, events);
        Object last = actions.perform();
        DraftInstance.finish(entity, draft);
        CheckDocument document = new CheckDocument(entity, scope, null, draft);
        document.checkProperties(Set.of(), outcomes);
        judgeEntity(entity, draft);
        StoredEntity stored =
                new StoredEntity(scope.key(entity, draft.id()), firstVersion(entity, draft), draft.toJson());
        boolean constructs = command.isImplicit() || command.declared().initialization() != null;
        JsonNode result = constructs ? stored.properties() : JsonValues.toJson(last);
        actions.emit(input.values(), result);
        reportJob(result);
        if (!scope.work().entities().insert(stored)) {
            throw exists(entity, draft.id());
        }
        EntityView view = ReadInstances.created(entity, stored.version(), draft);
        return success(result, view, events.flush(command, draft.id()));
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

    /** Everything that can refuse the update, or cost budget, happens before the write. */
    private void checkUpdate(EntityModel entity, StoredEntity stored, EntityRecord before, EntityRecord after) {
        if (!after.id().equals(stored.key().id())) {
            throw new CommandRefused(
                    RefusalCode.CONSTRAINT_BLOCKED,
                    "The id of " + entity.name() + "#" + stored.key().id() + " cannot change to '" + after.id() + "'");
        }
        stampUpdate(entity, stored, before, after);
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

    private void stampUpdate(EntityModel entity, StoredEntity stored, EntityRecord before, EntityRecord after) {
        String version = entity.declared().versionProperty();
        if (version != null) {
            Object written = after.get(version);
            if (command.written().contains(version) && !Values.looselyEqual(written, before.get(version))) {
                throw conflict(entity, stored, (long) Values.toNumber(written));
            }
            after.put(version, (double) stored.version() + 1);
        }
        if (entity.declared().versionAtProperty() != null) {
            after.put(entity.declared().versionAtProperty(), scope.now());
        }
        if (entity.declared().timestamps()) {
            after.put(EntityModel.UPDATED_AT, scope.now());
        }
    }

    /** The caller's idea of the version: stated with the call, or given as the input named like the version property. */
    private void expectVersion(EntityModel entity, StoredEntity stored) {
        Long expected = statedVersion(entity);
        if (expected != null && expected != stored.version()) {
            throw conflict(entity, stored, expected);
        }
    }

    private @Nullable Long statedVersion(EntityModel entity) {
        if (call.options().expectedVersion() != null) {
            return call.options().expectedVersion();
        }
        String property = entity.declared().versionProperty();
        return property != null && input.values().get(property) instanceof Double version ? version.longValue() : null;
    }

    /** Whether losing a race for the row must be told, because the caller decided on what it had seen. */
    boolean statesVersion() {
        EntityModel entity = command.entity();
        return entity != null && statedVersion(entity) != null;
    }

    private void requireApproval(EntityModel entity, StoredEntity stored, Frame frame) {
        for (ApprovalModel approval : entity.approvals()) {
            if (!approval.declared().command().equals(command.name())) {
                continue;
            }
            List<String> stages = approval.neededStages(frame);
            Approval declared = approval.declared();
            if (!stages.isEmpty() && !scope.ports().approvals().isGranted(stored.key(), declared.name(), stages)) {
                throw new CommandRefused(
                        RefusalCode.APPROVAL_REQUIRED,
                        "Command '" + command.name() + "' needs the approval '" + declared.name() + "' (stages "
                                + String.join(", ", stages) + ")");
            }
        }
    }

    private boolean isDeferred() {
        return command.declared().async() && !isJob();
    }

    private boolean isJob() {
        return "job".equals(scope.caller().context().get("source"));
    }

    private CommandResult defer(@Nullable String instanceId) {
        String job = scope.ports()
                .jobs()
                .defer(new DeferredCommands.Job(
                        scope.tenant(command.program()),
                        call.entity(),
                        command.name(),
                        instanceId,
                        call.input(),
                        scope.caller().toJson(),
                        trail.correlationId()))
                .orElseThrow(() -> new CommandRefused(
                        RefusalCode.MISSING_JOB_QUEUE,
                        "MISSING_JOB_QUEUE: nothing here runs the async command '" + command.name() + "'"));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("jobId", job);
        result.put("status", "pending");
        result.put("enqueuedAt", scope.instant().toEpochMilli());
        return success(result, null, List.of());
    }

    private void reportJob(JsonNode result) {
        String completed = command.declared().completionEvent();
        if (completed == null || !isJob()) {
            return;
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        JsonValues.put(payload, "jobId", scope.caller().at("context.jobId"));
        payload.set("result", result);
        payload.put("completedAt", scope.instant().toEpochMilli());
        String channel = "jobs." + command.name();
        events.add(completed, channel, payload);
    }

    private CommandResult success(JsonNode result, @Nullable EntityView instance, List<EntityEvent> emitted) {
        return new CommandResult(
                result, instance, null, outcomes, emitted, List.of(), trail.correlationId(), trail.causationId());
    }

    private static long firstVersion(EntityModel entity, EntityRecord draft) {
        String property = entity.declared().versionProperty();
        return property != null && draft.get(property) instanceof Double version && version >= 1
                ? version.longValue()
                : 1;
    }

    private static CommandRefused exists(EntityModel entity, String id) {
        return new CommandRefused(
                RefusalCode.INSTANCE_EXISTS, "Instance '" + id + "' of entity '" + entity.name() + "' already exists");
    }

    static Refusal conflict(Refusal.ConcurrencyConflict conflict) {
        return new Refusal(
                RefusalCode.CONCURRENCY_CONFLICT,
                "Concurrency conflict on " + conflict.entityType() + "#" + conflict.entityId() + ": expected version "
                        + conflict.expectedVersion() + ", actual " + conflict.actualVersion(),
                conflict);
    }

    private static CommandRefused conflict(EntityModel entity, StoredEntity stored, long expected) {
        return new CommandRefused(conflict(
                new Refusal.ConcurrencyConflict(entity.name(), stored.key().id(), expected, stored.version())));
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
