package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A deployed workflow. */
public sealed interface Definition permits PipelineDefinition, CodeDefinition, MachineDefinition {

    String id();

    int version();

    String description();

    /** How it is defined: {@code pipeline} or {@code code}. */
    String kind();

    JavaType inputType();

    JavaType outputType();

    /** Flow control of the starts of its runs. */
    StartPolicies startPolicies();

    /**
     * Checks an input.
     *
     * @throws dev.pawl.engine.json.UnfitJsonException when the input type does not accept it
     */
    void checkInput(JsonNode input);

    /** What comes next in a run, given its open steps. */
    Decision next(Run run, Instant now);

    /** How the step with this id is executed; empty when there is none. */
    Optional<StageOptions> options(String stepId);

    /** The group of this stage, to be opened once more. */
    Optional<Decision.Open> restart(String stepId, Instant now);

    /** The group with this number, if there is one. */
    Optional<Decision.Open> open(int group, Instant now);

    /**
     * Checks what a rerun hands to a step.
     *
     * @throws dev.pawl.engine.json.UnfitJsonException when the step does not accept it
     */
    void checkStepInput(String stepId, JsonNode input);

    /** Whether this step is where the definition has it. */
    boolean has(StepState step);

    /** Ids of the steps on whose outputs this step works. */
    List<String> inputsOf(StepState step);

    /**
     * The settings of every configured stage: its defaults with these laid over them.
     *
     * @throws dev.pawl.engine.json.UnfitJsonException when a stage does not accept its part, or is not there
     */
    ObjectNode completeConfig(ObjectNode config);
}
