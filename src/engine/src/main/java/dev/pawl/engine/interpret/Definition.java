package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A deployed workflow. */
public sealed interface Definition permits PipelineDefinition {

    String id();

    int version();

    String description();

    /** How it is defined: {@code pipeline}. */
    String kind();

    JavaType inputType();

    JavaType outputType();

    /**
     * Checks an input.
     *
     * @throws dev.pawl.engine.json.UnfitJsonException when the input type does not accept it
     */
    void checkInput(JsonNode input);

    /**
     * The settings of every configured stage: its defaults with these laid over them.
     *
     * @throws dev.pawl.engine.json.UnfitJsonException when a stage does not accept its part, or is not there
     */
    ObjectNode completeConfig(ObjectNode config);
}
