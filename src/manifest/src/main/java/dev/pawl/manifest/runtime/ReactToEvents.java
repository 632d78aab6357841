package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Reaction;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Evaluation;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the commands that events lead to, in the order their reactions are declared, and runs them. */
final class ReactToEvents {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final EntityUnitOfWork work;
    private final RunCommand runner;

    ReactToEvents(
            Catalog catalog, RuntimePorts ports, RuntimeOptions options, EntityUnitOfWork work, RunCommand runner) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.work = work;
        this.runner = runner;
    }

    /** The result of the command with the events and outcomes of what it led to. A refused reaction changes nothing. */
    CommandResult react(CommandResult result, CommandCall call, int depth) {
        Consequences led = react(result.emittedEvents(), call, depth);
        if (led.outcomes().isEmpty()) {
            return result;
        }
        List<EntityEvent> events = new ArrayList<>(result.emittedEvents());
        events.addAll(led.events());
        return new CommandResult(
                result.result(),
                result.instance(),
                null,
                result.constraintOutcomes(),
                events,
                led.outcomes(),
                result.correlationId(),
                result.causationId(),
                result.job());
    }

    /** What events led to. */
    record Consequences(List<EntityEvent> events, List<ReactionOutcome> outcomes) {}

    Consequences react(List<EntityEvent> causes, CommandCall call, int depth) {
        List<EntityEvent> events = new ArrayList<>();
        List<ReactionOutcome> outcomes = new ArrayList<>();
        for (EntityEvent event : causes) {
            for (CommandCall next : callsOrUndo(event, call)) {
                if (depth >= options.maxReactionDepth()) {
                    throw new CommandUndone(Refusal.of(
                            RefusalCode.REACTION_DEPTH_EXCEEDED,
                            "Reactions led to reactions more than " + options.maxReactionDepth()
                                    + " times, last to the event '" + event.name() + "'"));
                }
                CommandResult reaction = runner.run(next, work, depth + 1);
                events.addAll(reaction.emittedEvents());
                outcomes.add(new ReactionOutcome(
                        event.id(),
                        event.name(),
                        next.type(),
                        next.instanceId(),
                        reaction.error().orElse(null)));
                outcomes.addAll(reaction.reactions());
            }
        }
        return new Consequences(events, outcomes);
    }

    /** The command has written by now, so an expression that fails here must take it all back. */
    private List<CommandCall> callsOrUndo(EntityEvent event, CommandCall call) {
        try {
            return callsFor(event, call.caller(), call.options());
        } catch (EvaluationBudgetExceeded exceeded) {
            throw new CommandUndone(Refusal.of(RefusalCode.BUDGET_EXCEEDED, exceeded.text()));
        } catch (CommandRefused refused) {
            throw new CommandUndone(refused.refusal());
        }
    }

    List<CommandCall> callsFor(EntityEvent event, Caller caller, CallOptions stated) {
        List<CommandCall> calls = new ArrayList<>();
        for (ProgramModel program : catalog.programs()) {
            for (ReactionModel reaction : program.reactions()) {
                if (reaction.declared().event().equals(event.name())) {
                    CallScope scope = new CallScope(catalog, ports, options, work, caller);
                    calls.addAll(new Dispatch(reaction, event, scope, scope.evaluation(stated.limits())).calls());
                }
            }
        }
        return calls;
    }

    /** The same calls, each with a key of its event and its reaction, so that an event delivered twice acts once. */
    List<CommandCall> keyedCallsFor(EntityEvent event, Caller caller) {
        List<CommandCall> keyed = new ArrayList<>();
        Map<String, Integer> uses = new HashMap<>();
        for (CommandCall call : callsFor(event, caller, CallOptions.NONE)) {
            String what = event.id() + ":" + call.type() + ":"
                    + (call.instanceId() == null ? InputHash.of(call) : call.instanceId());
            int use = uses.merge(what, 1, Integer::sum);
            keyed.add(call.with(call.options().withIdempotencyKey(use == 1 ? what : what + ":" + use)));
        }
        return keyed;
    }

    /** One reaction to one event. */
    private static final class Dispatch {
        private final ReactionModel reaction;
        private final EntityEvent event;
        private final CallScope scope;
        private final Evaluation evaluation;
        private final Map<String, Object> payload;
        private final Object subject;

        Dispatch(ReactionModel reaction, EntityEvent event, CallScope scope, Evaluation evaluation) {
            this.reaction = reaction;
            this.event = event;
            this.scope = scope;
            this.evaluation = evaluation;
            this.payload = payload(event);
            this.subject = subject();
        }

        List<CommandCall> calls() {
            List<CommandCall> calls = new ArrayList<>();
            Code fanOut = reaction.fanOutSource();
            if (fanOut != null) {
                fanOut(fanOut.value(frame(null)), calls);
            } else if (!reaction.match().isEmpty()) {
                match(calls);
            } else if (reaction.resolve() != null) {
                Object id = reaction.resolve().value(frame(null));
                calls.add(call(id instanceof Absent ? "" : Values.toText(id), null));
            } else {
                calls.add(call(null, null));
            }
            return calls;
        }

        private void fanOut(Object wanted, List<CommandCall> calls) {
            Reaction.FanOut declared = reaction.declared().fanOut();
            String target = reaction.declared().targetEntity();
            String matched = declared.matchEntity() == null ? target : declared.matchEntity();
            for (EntityRecord row : scope.rows(matched, Map.of(declared.matchField(), wanted))) {
                calls.add(call(matched.equals(target) ? row.id() : null, row));
            }
        }

        /** The matching row with the smallest id that is not marked as deleted; without one, a new row where asked for. */
        private void match(List<CommandCall> calls) {
            Map<String, Object> wanted = new LinkedHashMap<>();
            reaction.match().forEach((field, source) -> wanted.put(field, source.value(frame(null))));
            for (EntityRecord row : scope.rows(reaction.declared().targetEntity(), wanted)) {
                if (row.get("deletedAt") instanceof Absent) {
                    calls.add(call(row.id(), row));
                    return;
                }
            }
            if (reaction.declared().elseCreate()) {
                calls.add(call(null, null));
            }
        }

        private CommandCall call(@Nullable String instanceId, @Nullable EntityRecord row) {
            Map<String, Object> input = new LinkedHashMap<>();
            reaction.params().forEach((name, code) -> input.put(name, code.value(frame(row))));
            return CommandCall.of(
                            reaction.declared().targetEntity(),
                            reaction.declared().targetCommand())
                    .on(instanceId)
                    .with(JsonValues.mapToJson(input))
                    .by(scope.caller())
                    .with(CallOptions.NONE.withTrace(event.trace().correlationId(), event.id()));
        }

        private Frame frame(@Nullable EntityRecord row) {
            Frame frame = new Frame(evaluation, row == null ? subject : row, reaction.locals(), payload);
            frame.local(reaction.payloadSlot(), payload);
            frame.local(reaction.targetSlot(), row == null ? Absent.NULL : row);
            return frame;
        }

        /** The payload's fields, and over them what the instance the event is about has now. */
        private Object subject() {
            String entity = event.subject().entity();
            String id = event.subject().instanceId();
            Map<String, Object> fields = new LinkedHashMap<>(payload);
            if (entity != null && id != null) {
                scope.row(entity, id).ifPresent(row -> fields.putAll(JsonValues.mapFromJson(row.toJson())));
            }
            return fields;
        }

        private static Map<String, Object> payload(EntityEvent event) {
            Map<String, Object> payload =
                    event.payload().isObject() ? JsonValues.mapFromJson(event.payload()) : new LinkedHashMap<>();
            payload.put("_subject", JsonValues.fromJson(event.toJson().get("subject")));
            payload.put("_eventName", event.name());
            payload.put("_channel", event.channel());
            return payload;
        }
    }
}
