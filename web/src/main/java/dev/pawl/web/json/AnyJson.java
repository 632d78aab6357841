package dev.pawl.web.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** A body that is any JSON value. */
public record AnyJson(@JsonValue JsonNode json) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AnyJson {}
}
