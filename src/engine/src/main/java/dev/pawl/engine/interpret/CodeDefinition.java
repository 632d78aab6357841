package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Durable code as the engine runs it: a run of one step, the method itself, which is leased while it runs and suspended
 * while it waits. What the method does is recorded in the run's journal.
 */
public final class CodeDefinition implements Definition {

    /** The id of the step that stands for the method. */
    public static final String MAIN = "main";

    /** A server that dies while the method makes no headway is to be blamed on the method, after this many. */
    private static final StageOptions OPTIONS = new StageOptions(Retry.fixed(5, Duration.ZERO), false, Duration.ZERO);

    private final CodeWorkflow<?, ?> workflow;
    private final Consumer<DurableWorkflow<?, ?>> release;
    private final JavaType inputType;
    private final JavaType outputType;
    private volatile @Nullable StartPolicies startPolicies;

    public CodeDefinition(CodeWorkflow<?, ?> workflow) {
        this(workflow, instance -> {});
    }

    /**
     * A workflow whose instances have to be given back.
     *
     * @param release told of every instance that is not needed any more
     * @throws IllegalArgumentException when the class does not declare its types
     */
    public CodeDefinition(CodeWorkflow<?, ?> workflow, Consumer<DurableWorkflow<?, ?>> release) {
        this.workflow = workflow;
        this.release = release;
        JavaType[] types = JsonCodec.mapper()
                .getTypeFactory()
                .findTypeParameters(JsonCodec.type(workflow.type()), DurableWorkflow.class);
        if (types == null || types.length != 2) {
            throw new IllegalArgumentException("Workflow '" + workflow.id() + "' ("
                    + workflow.type().getName()
                    + ") does not declare its input and output types; a lambda cannot, a class can");
        }
        this.inputType = types[0];
        this.outputType = types[1];
    }

    @Override
    public String id() {
        return workflow.id();
    }

    @Override
    public int version() {
        return workflow.version();
    }

    @Override
    public String description() {
        return workflow.description();
    }

    @Override
    public String kind() {
        return "code";
    }

    @Override
    public JavaType inputType() {
        return inputType;
    }

    @Override
    public JavaType outputType() {
        return outputType;
    }

    /** Asked of an instance when it is needed first, when everything an instance injects is there. */
    @Override
    public StartPolicies startPolicies() {
        StartPolicies known = startPolicies;
        if (known == null) {
            DurableWorkflow<Object, Object> instance = newInstance();
            try {
                known = instance.startPolicies();
            } finally {
                release(instance);
            }
            startPolicies = known;
        }
        return known;
    }

    /** An instance for one execution, to be {@link #release released} after it. */
    @SuppressWarnings("unchecked") // called with what its own types accepted
    public DurableWorkflow<Object, Object> newInstance() {
        return (DurableWorkflow<Object, Object>) workflow.instances().get();
    }

    public void release(DurableWorkflow<?, ?> instance) {
        release.accept(instance);
    }

    @Override
    public void checkInput(JsonNode input) {
        JsonCodec.bind(input, inputType);
    }

    @Override
    public Decision next(Run run, Instant now) {
        if (run.state().group() < 0) {
            return opened(now);
        }
        boolean returned = run.step(MAIN)
                .map(step -> step.status() == StepStatus.COMPLETED)
                .orElse(false);
        return returned ? new Decision.CompleteWith(MAIN) : new Decision.Wait();
    }

    private Decision.Open opened(Instant now) {
        return new Decision.Open(0, List.of(StepState.pending(MAIN, workflow.id(), StepKind.CODE, 0, 0, now)));
    }

    @Override
    public Optional<StageOptions> options(String stepId) {
        return stepId.equals(MAIN) ? Optional.of(OPTIONS) : Optional.empty();
    }

    @Override
    public Optional<Decision.Open> restart(String stepId, Instant now) {
        return stepId.equals(MAIN) ? Optional.of(opened(now)) : Optional.empty();
    }

    @Override
    public Optional<Decision.Open> open(int group, Instant now) {
        return group == 0 ? Optional.of(opened(now)) : Optional.empty();
    }

    @Override
    public void checkStepInput(String stepId, JsonNode input) {
        checkInput(input);
    }

    @Override
    public boolean has(StepState step) {
        return step.id().equals(MAIN);
    }

    @Override
    public List<String> inputsOf(StepState step) {
        return List.of();
    }

    @Override
    public ObjectNode completeConfig(ObjectNode config) {
        config.fieldNames().forEachRemaining(given -> {
            throw new UnfitJsonException(new FieldError(
                    "/" + given, "workflow '" + id() + "' is durable code, which takes its settings from its input"));
        });
        return JsonCodec.object();
    }
}
