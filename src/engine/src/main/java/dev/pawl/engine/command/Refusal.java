package dev.pawl.engine.command;

import dev.pawl.engine.json.FieldError;
import java.util.List;

/** Why a command was not carried out. */
public record Refusal(RefusalCode code, String message, List<FieldError> errors) {
    public Refusal {
        errors = List.copyOf(errors);
    }

    public static Refusal of(RefusalCode code, String message) {
        return new Refusal(code, message, List.of());
    }
}
