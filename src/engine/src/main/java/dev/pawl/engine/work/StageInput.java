package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.StageOutputs;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a stage is called with: the run's input in the first group, the outputs of the group before in any other. A missing
 * output is an error; nothing stands in for it.
 */
final class StageInput {

    private final Payloads payloads;

    StageInput(Payloads payloads) {
        this.payloads = payloads;
    }

    /** @throws NonRetryableException when there is none that fits */
    Object of(PipelineDefinition definition, StageDefinition stage, Assignment assignment) {
        if (stage.input().hasRawClass(None.class)) {
            return None.NONE;
        }
        try {
            RunRequest.Edited edited = assignment.request().edited();
            if (edited != null && edited.group() == stage.group()) {
                return JsonCodec.read(payloads.read(edited.input()), stage.input());
            }
            return stage.group() == 0
                    ? JsonCodec.read(payloads.read(assignment.request().input()), stage.input())
                    : fromGroup(definition.groups().get(stage.group() - 1), stage, assignment);
        } catch (UnfitJsonException e) {
            throw new NonRetryableException(
                    "INVALID_STAGE_INPUT",
                    "The input of stage " + assignment.key() + " does not fit "
                            + stage.input().getRawClass().getName() + ": " + e.getMessage(),
                    e);
        } catch (PayloadMissingException e) {
            throw missing(assignment, e.getMessage());
        }
    }

    private Object fromGroup(PipelineDefinition.Group group, StageDefinition stage, Assignment assignment) {
        Map<String, Payload> outputs = new LinkedHashMap<>();
        for (StageDefinition earlier : group.stages()) {
            Payload output = assignment.previous().get(earlier.id());
            if (output == null) {
                throw missing(
                        assignment,
                        "stage '" + earlier.id() + "' has none; there are outputs of "
                                + assignment.previous().keySet());
            }
            outputs.put(earlier.id(), output);
        }
        if (group.join() != null) {
            return join(group, outputs, assignment);
        }
        if (outputs.size() > 1 || stage.input().hasRawClass(StageOutputs.class)) {
            outputs.values().forEach(payloads::checkPresent);
            return new GroupOutputs(outputs, payloads);
        }
        return JsonCodec.read(payloads.read(outputs.values().iterator().next()), stage.input());
    }

    private Object join(PipelineDefinition.Group group, Map<String, Payload> outputs, Assignment assignment) {
        List<Object> values = new ArrayList<>();
        for (StageDefinition earlier : group.stages()) {
            JavaType type = earlier.output();
            values.add(JsonCodec.read(payloads.read(outputs.get(earlier.id())), type));
        }
        try {
            return Objects.requireNonNull(
                    Objects.requireNonNull(group.join()).apply(values), "a join returns a value, not null");
        } catch (RuntimeException e) {
            throw new NonRetryableException(
                    "JOIN_FAILED",
                    "The join of group " + group.number() + " before stage " + assignment.key() + " failed: " + e,
                    e);
        }
    }

    private static NonRetryableException missing(Assignment assignment, String detail) {
        return new NonRetryableException(
                "PREVIOUS_OUTPUT_MISSING",
                "Stage " + assignment.key() + " cannot start without the outputs of the group before it: " + detail);
    }

    /** An output is loaded when the stage asks for it. */
    private record GroupOutputs(Map<String, Payload> outputs, Payloads payloads) implements StageOutputs {
        @Override
        public Set<String> stageIds() {
            return outputs.keySet();
        }

        @Override
        public <T> T require(String stageId, Class<T> type) {
            Payload output = outputs.get(stageId);
            if (output == null) {
                throw new NonRetryableException(
                        "STAGE_OUTPUT_MISSING", "The group has no stage '" + stageId + "'; it has " + outputs.keySet());
            }
            return JsonCodec.read(payloads.read(output), type);
        }
    }
}
