package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The input of a call as the command sees it: trusted values from the context, defaults filled in, everything checked. */
final class CommandInput {
    private final CommandModel command;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private CommandInput(CommandModel command) {
        this.command = command;
    }

    static CommandInput read(CommandModel command, CommandCall call, CallScope scope) {
        CommandInput input = new CommandInput(command);
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : call.input().properties()) {
            input.values.put(field.getKey(), JsonValues.fromJson(field.getValue()));
        }
        boolean strict = scope.options().semantics() == Semantics.EXTENDED;
        if (strict) {
            input.refuseUnknown(call, errors);
        }
        for (ParameterModel parameter : command.parameters()) {
            input.settle(parameter, scope.caller(), strict, errors);
        }
        if (!errors.isEmpty()) {
            throw new CommandRefused(new Refusal(
                    RefusalCode.INVALID_INPUT,
                    "The input of command '" + command.name() + "' is not valid: "
                            + errors.stream()
                                    .map(error -> error.pointer() + " " + error.message())
                                    .collect(Collectors.joining("; ")),
                    new Refusal.InvalidInput(errors)));
        }
        return input;
    }

    private void refuseUnknown(CommandCall call, List<FieldError> errors) {
        for (String name : values.keySet()) {
            boolean declared = command.parameters().stream()
                    .anyMatch(parameter -> parameter.name().equals(name));
            if (!declared && !isPartOfTheInstance(name, call)) {
                errors.add(new FieldError(pointer(name), "is not an input of this command"));
            }
        }
    }

    /** The version the caller has seen; and, where the call may make its instance, what that starts with. */
    private boolean isPartOfTheInstance(String name, CommandCall call) {
        EntityModel entity = command.entity();
        if (entity == null) {
            return false;
        }
        boolean creates = call.instanceId() == null || call.command().equals(CommandModel.CREATE);
        return name.equals(entity.declared().versionProperty())
                || (creates && entity.shape().slot(name) >= 0 && (call.isStoring() || !entity.isManaged(name)));
    }

    private void settle(ParameterModel parameter, Caller caller, boolean strict, List<FieldError> errors) {
        String trusted = parameter.declared().trustedSource();
        if (trusted != null) {
            values.remove(parameter.name());
            Object fromContext = caller.at(trusted);
            if (!(fromContext instanceof Absent)) {
                values.put(parameter.name(), fromContext);
            } else if (parameter.declared().required() && parameter.defaultValue() == null) {
                throw new CommandRefused(
                        RefusalCode.MISSING_TRUSTED_CONTEXT,
                        "MISSING_TRUSTED_CONTEXT: the caller has no value at '" + trusted + "' for the parameter '"
                                + parameter.name() + "'");
            }
        }
        Object value = values.get(parameter.name());
        if (value == null) {
            if (parameter.defaultValue() != null) {
                values.put(parameter.name(), parameter.defaultValue());
            } else if (parameter.declared().required()) {
                errors.add(new FieldError(pointer(parameter.name()), "is required"));
            }
        } else if (strict) {
            parameter
                    .rule()
                    .problem(value)
                    .ifPresent(problem -> errors.add(new FieldError(pointer(parameter.name()), problem)));
        }
    }

    /** Puts the parameters into their slots. */
    void fill(Frame frame) {
        for (ParameterModel parameter : command.parameters()) {
            Object value = values.get(parameter.name());
            if (value != null) {
                frame.local(parameter.slot(), value);
            }
        }
    }

    Map<String, Object> values() {
        return values;
    }

    private static String pointer(String field) {
        return "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
