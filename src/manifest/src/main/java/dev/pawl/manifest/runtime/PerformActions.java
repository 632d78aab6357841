package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.runtime.expression.EntityRecord;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.port.EffectHandler;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out a command's actions on its working copy and collects its events; stores nothing. */
final class PerformActions {
    private final CommandModel command;
    private final CallScope scope;
    private final Frame frame;
    private final EventBuffer events;
    private final EffectBuffer effects;
    private boolean wrote;

    PerformActions(CommandModel command, CallScope scope, Frame frame, EventBuffer events, EffectBuffer effects) {
        this.command = command;
        this.scope = scope;
        this.frame = frame;
        this.events = events;
        this.effects = effects;
    }

    /** The value of the last action; undefined without actions. */
    Object perform() {
        Object last = Absent.UNDEFINED;
        for (ActionModel action : command.actions()) {
            last = perform(action);
        }
        return last;
    }

    /** Whether an action wrote to the instance. */
    boolean wrote() {
        return wrote;
    }

    /** The events the command declares, with {@code result} as the result in their payloads. */
    void emit(Map<String, Object> input, JsonNode result) {
        for (EmitModel emit : command.emits()) {
            ObjectNode payload;
            if (emit.fields() == null) {
                payload = JsonValues.mapToJson(input);
                if (!result.isMissingNode()) {
                    payload.set("result", result);
                }
            } else {
                Map<String, Object> fields = new LinkedHashMap<>();
                emit.fields().forEach((name, code) -> fields.put(name, code.value(frame)));
                payload = JsonValues.mapToJson(fields);
            }
            events.add(emit.name(), emit.channel(), payload);
        }
    }

    private Object perform(ActionModel action) {
        refuseEffectsWhenDeterministic(action.declared().kind());
        Object value = kept(action, action.code().value(frame));
        switch (action.declared().kind()) {
            case MUTATE:
                mutate(action.declared().target(), value);
                return value;
            case COMPUTE:
                if (action.slot() >= 0) {
                    frame.local(action.slot(), value);
                }
                return value;
            case EMIT, PUBLISH:
                emit(action.declared().target(), value);
                return value;
            case EFFECT:
                return effect(action.declared().target(), value);
            default:
                // Everything a command writes is stored once, at its end; there is nothing to store earlier.
                return value;
        }
    }

    private Object kept(ActionModel action, Object value) {
        boolean asCalculated = action.rule() == null || scope.options().semantics() == Semantics.PUBLISHED;
        return asCalculated ? value : action.rule().kept(value);
    }

    private void mutate(@Nullable String target, Object value) {
        if (target != null && frame.self() instanceof EntityRecord record) {
            record.put(target, value);
            wrote = true;
        }
    }

    private void emit(@Nullable String event, Object value) {
        String name = event == null ? "action_event" : event;
        JsonNode payload = JsonValues.toJson(value);
        events.add(
                name,
                command.program().ir().event(name).map(Event::channel).orElse(event == null ? "default" : name),
                payload.isMissingNode() ? JsonValues.mapToJson(Map.of()) : payload);
    }

    private Object effect(@Nullable String name, Object argument) {
        return JsonValues.fromJson(
                effects.add(name == null ? EffectHandler.UNNAMED : name, JsonValues.toJson(argument)));
    }

    private void refuseEffectsWhenDeterministic(Action.Kind kind) {
        boolean effect = kind == Action.Kind.EFFECT || kind == Action.Kind.PUBLISH || kind == Action.Kind.PERSIST;
        if (effect && scope.options().deterministic()) {
            throw new CommandRefused(
                    RefusalCode.EFFECT_REFUSED,
                    "Action '" + kind.text() + "' of command '" + command.name()
                            + "' reaches outside and is not allowed in deterministic mode");
        }
    }
}
