package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.jms.contract.CommandType;
import dev.pawl.jms.contract.KernelMessage;
import java.util.Arrays;
import java.util.List;

/** Reads the text of a message as a command, strictly. */
final class ReadCommand {

    private static final String TYPE = "type";

    private ReadCommand() {}

    /** @throws RefusedException saying what is wrong with the text */
    static KernelMessage read(String text) {
        try {
            ObjectNode message = object(text);
            CommandType type = type(message.remove(TYPE));
            return type.shape().cast(JsonCodec.bind(message, JsonCodec.type(type.shape())));
        } catch (UnfitJsonException e) {
            throw new RefusedException(new Refusal(
                    RefusalCode.VALIDATION_FAILED, "The message does not fit: " + e.getMessage(), e.errors()));
        }
    }

    private static ObjectNode object(String text) {
        JsonNode tree = JsonCodec.parse(text);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new UnfitJsonException(new FieldError("", "a JSON object is expected"));
    }

    private static CommandType type(JsonNode type) {
        if (type == null || !type.isTextual()) {
            throw new UnfitJsonException(new FieldError("/" + TYPE, "the name of a command is expected"));
        }
        return CommandType.named(type.asText())
                .orElseThrow(() -> new RefusedException(new Refusal(
                        RefusalCode.UNKNOWN_COMMAND,
                        "There is no command '" + type.asText() + "'; known are " + known(),
                        List.of(new FieldError("/" + TYPE, "unknown")))));
    }

    private static List<String> known() {
        return Arrays.stream(CommandType.values()).map(CommandType::wireName).toList();
    }
}
