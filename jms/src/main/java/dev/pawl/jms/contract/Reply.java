package dev.pawl.jms.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command.
 *
 * @param ok whether it was carried out
 * @param result what it answers, when it was
 * @param error why it was not, otherwise
 */
public record Reply(
        boolean ok, @Nullable JsonNode result, @Nullable Fault error) {

    /**
     * Why a command was not carried out.
     *
     * @param code stable, UPPER_SNAKE
     */
    public record Fault(
            String code,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
        public Fault {
            errors = List.copyOf(errors);
        }
    }

    public static Reply done(Object result) {
        return new Reply(true, JsonCodec.toTree(result), null);
    }

    public static Reply refused(Refusal refusal) {
        return new Reply(false, null, new Fault(refusal.code().name(), refusal.message(), refusal.errors()));
    }
}
