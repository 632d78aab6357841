package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One call of a command: of an entity's on an instance or, without an id, on a new one; without an entity, the program's. */
public record CommandCall(
        @Nullable String entity,
        String command,
        @Nullable String instanceId,
        ObjectNode input,
        Caller caller,
        CallOptions options,
        Kind kind) {

    /** What is asked for. */
    public enum Kind {
        /** The command of this name. */
        COMMAND,
        /** To store the input as a new instance, whatever create command the entity declares. */
        STORE
    }

    /** A document to store as a new instance; for hosts that bring data in, not for what clients may name. */
    public static CommandCall storing(String entity, ObjectNode document) {
        return new CommandCall(entity, "create", null, document, Caller.anonymous(), CallOptions.NONE, Kind.STORE);
    }

    /** A command of an entity, without an id. */
    public static CommandCall of(String entity, String command) {
        return new CommandCall(entity, command, null, noInput(), Caller.anonymous(), CallOptions.NONE, Kind.COMMAND);
    }

    public static CommandCall of(String entity, String command, String instanceId) {
        return of(entity, command).on(instanceId);
    }

    /** A command of the program itself. */
    public static CommandCall ofProgram(String command) {
        return new CommandCall(null, command, null, noInput(), Caller.anonymous(), CallOptions.NONE, Kind.COMMAND);
    }

    public CommandCall on(@Nullable String changed) {
        return new CommandCall(entity, command, changed, input, caller, options, kind);
    }

    public CommandCall with(ObjectNode changed) {
        return new CommandCall(entity, command, instanceId, changed, caller, options, kind);
    }

    public CommandCall by(Caller changed) {
        return new CommandCall(entity, command, instanceId, input, changed, options, kind);
    }

    public CommandCall with(CallOptions changed) {
        return new CommandCall(entity, command, instanceId, input, caller, changed, kind);
    }

    boolean isStoring() {
        return kind == Kind.STORE;
    }

    /** {@code Entity.command}, or the command alone. */
    public String type() {
        return entity == null ? command : entity + "." + command;
    }

    private static ObjectNode noInput() {
        return JsonNodeFactory.instance.objectNode();
    }
}
