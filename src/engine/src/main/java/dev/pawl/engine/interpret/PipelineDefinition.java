package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StageOutputs;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Pipeline} as the engine runs it. A typed join behind the last group is a stage of its own, called {@code join},
 * because it is user code and its result is the run's output.
 */
public final class PipelineDefinition implements Definition {

    /** The id of the stage that stands for a join behind the last group. */
    public static final String JOIN = "join";

    /** Stages that open together, at most so many of them at work at a time; 0 for all. */
    public record Group(
            int number,
            List<StageDefinition> stages,
            @Nullable Function<List<?>, ?> join,
            int atMost) {}

    private final Pipeline<?, ?> pipeline;
    private final JavaType inputType;
    private final List<Group> groups;
    private final Map<String, StageDefinition> stages = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when a stage does not declare its types or makes no sense where it stands */
    public PipelineDefinition(Pipeline<?, ?> pipeline) {
        this.pipeline = pipeline;
        this.inputType = JsonCodec.type(pipeline.inputType());
        List<Group> all = new ArrayList<>();
        for (Pipeline.Group group : pipeline.groups()) {
            all.add(groupOf(group));
        }
        Group last = all.get(all.size() - 1);
        if (last.join() != null) {
            all.add(new Group(all.size(), List.of(StageDefinition.of(all.size(), 0, new Join())), null, 0));
        }
        this.groups = List.copyOf(all);
        groups.forEach(group -> group.stages().forEach(this::addStage));
    }

    private PipelineDefinition(PipelineDefinition original, UnaryOperator<Stage<?, ?>> substitution) {
        this.pipeline = original.pipeline;
        this.inputType = original.inputType;
        this.groups = original.groups.stream()
                .map(group -> new Group(
                        group.number(),
                        group.stages().stream()
                                .map(stage -> stage.with(substitution.apply(stage.stage())))
                                .toList(),
                        group.join(),
                        group.atMost()))
                .toList();
        groups.forEach(group -> group.stages().forEach(this::addStage));
    }

    /**
     * The same workflow with other code behind its stages: for tests that mock stages, or whatever else wraps them.
     *
     * @param substitution makes the stage that is called of the one that was defined; ids and types stay as they were
     */
    public PipelineDefinition substituting(UnaryOperator<Stage<?, ?>> substitution) {
        return new PipelineDefinition(this, substitution);
    }

    @Override
    public String id() {
        return pipeline.id();
    }

    @Override
    public int version() {
        return pipeline.version();
    }

    @Override
    public String description() {
        return pipeline.description();
    }

    @Override
    public String kind() {
        return "pipeline";
    }

    @Override
    public JavaType inputType() {
        return inputType;
    }

    @Override
    public JavaType outputType() {
        Group last = groups.get(groups.size() - 1);
        return last.stages().size() == 1 ? last.stages().get(0).output() : JsonCodec.type(StageOutputs.class);
    }

    @Override
    public StartPolicies startPolicies() {
        return pipeline.startPolicies();
    }

    public List<Group> groups() {
        return groups;
    }

    public Optional<StageDefinition> stage(String stageId) {
        return Optional.ofNullable(stages.get(stageId));
    }

    @Override
    public Decision next(Run run, Instant now) {
        return PipelineInterpreter.next(this, run, now);
    }

    @Override
    public Optional<StageOptions> options(String stepId) {
        return stage(stepId).map(stage -> stage.stage().options());
    }

    @Override
    public Optional<Decision.Open> restart(String stepId, Instant now) {
        return stage(stepId).flatMap(stage -> open(stage.group(), now));
    }

    @Override
    public Optional<Decision.Open> open(int group, Instant now) {
        return group < 0 || group >= groups.size()
                ? Optional.empty()
                : Optional.of(PipelineInterpreter.open(groups.get(group), now));
    }

    @Override
    public void checkStepInput(String stepId, JsonNode input) {
        StageDefinition stage = Objects.requireNonNull(stages.get(stepId));
        if (!stage.input().hasRawClass(None.class)) {
            JsonCodec.bind(input, stage.input());
        }
    }

    @Override
    public boolean has(StepState step) {
        return stage(step.id()).filter(stage -> stage.group() == step.group()).isPresent();
    }

    @Override
    public List<String> inputsOf(StepState step) {
        return step.group() == 0
                ? List.of()
                : groups.get(step.group() - 1).stages().stream()
                        .map(StageDefinition::id)
                        .toList();
    }

    @Override
    public void checkInput(JsonNode input) {
        JsonCodec.bind(input, inputType);
    }

    @Override
    public ObjectNode completeConfig(ObjectNode config) {
        ObjectNode complete = JsonCodec.object();
        for (StageDefinition stage : stages.values()) {
            stage.defaults().ifPresent(defaults -> complete.set(stage.id(), configOf(stage, config.get(stage.id()))));
        }
        config.fieldNames().forEachRemaining(given -> {
            if (!complete.has(given)) {
                throw new UnfitJsonException(new FieldError(
                        "/" + given,
                        "workflow '" + id() + "' has no configured stage '" + given + "'; configured are "
                                + namesOf(complete)));
            }
        });
        return complete;
    }

    private static JsonNode configOf(StageDefinition stage, @Nullable JsonNode given) {
        JsonNode own = given == null ? JsonCodec.object() : given;
        if (!own.isObject()) {
            throw new UnfitJsonException(new FieldError("/" + stage.id(), "the settings of a stage are an object"));
        }
        try {
            return stage.completeConfig(own);
        } catch (UnfitJsonException e) {
            throw new UnfitJsonException(e.errors().get(0).under("/" + stage.id()));
        }
    }

    private static List<String> namesOf(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Group groupOf(Pipeline.Group group) {
        List<StageDefinition> stages = new ArrayList<>();
        for (Stage<?, ?> stage : group.stages()) {
            stages.add(StageDefinition.of(group.number(), stages.size(), stage));
        }
        return new Group(group.number(), List.copyOf(stages), group.join(), group.atMost());
    }

    private void addStage(StageDefinition stage) {
        if (stages.put(stage.id(), stage) != null) {
            throw new IllegalArgumentException("In workflow '" + id() + "' the id '" + stage.id()
                    + "' stands for the join behind the last group; name the stage otherwise");
        }
    }

    /** Its input is what the join made of the group's outputs. */
    private static final class Join implements Stage<Object, Object> {
        @Override
        public Object execute(dev.pawl.api.StageContext context, Object joined) {
            return joined;
        }

        @Override
        public String id() {
            return JOIN;
        }
    }
}
