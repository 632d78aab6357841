package dev.pawl.manifest.ir;

import java.util.List;

/** The payload a command gives to an event it emits. */
public record EmitPayload(String eventName, List<Field> fields) {
    public EmitPayload {
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** One field of the payload. */
    public record Field(String name, Expression expression) {}
}
