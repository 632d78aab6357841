package dev.pawl.engine.work;

import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.port.Chance;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls user code with its input and judges what it returned or threw. */
final class StepExecution {

    private final Payloads payloads;
    private final StageInput input;
    private final Chance chance;

    StepExecution(Payloads payloads, Chance chance) {
        this.payloads = payloads;
        this.input = new StageInput(payloads);
        this.chance = chance;
    }

    /** What user code made of the step, with its output kept where it belongs. */
    Payload execute(PipelineDefinition definition, StageDefinition stage, RunningStep step) throws Exception {
        Assignment assignment = step.assignment();
        Object value = input.of(definition, stage, assignment);
        Object output = call(stage.stage(), step, value);
        String json = check(stage, assignment, output);
        return payloads.keep(
                "runs/" + assignment.run().id() + "/" + assignment.stepId() + "/" + assignment.attempt(), json);
    }

    /** How a failed attempt is reported. */
    Result.Failed failed(StageDefinition stage, Assignment assignment, Throwable thrown) {
        var retry = stage.stage().options().retry();
        boolean again = retry.allowsAfter(assignment.attempt(), thrown);
        Optional<Duration> after =
                again ? Optional.of(retry.delayAfter(assignment.attempt(), chance.next())) : Optional.empty();
        return new Result.Failed(failure(thrown), after);
    }

    private static String codeOf(Throwable thrown) {
        if (thrown instanceof NonRetryableException known) {
            return known.code();
        }
        return thrown instanceof RunningSteps.StepTimeoutException ? "STAGE_TIMEOUT" : "STAGE_FAILED";
    }

    private static Failure failure(Throwable thrown) {
        String code = codeOf(thrown);
        String message = thrown.getMessage();
        return Failure.of(
                code,
                thrown instanceof NonRetryableException && message != null
                        ? message
                        : thrown.getClass().getName() + (message == null ? "" : ": " + message));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object call(Stage<?, ?> stage, StageContext context, Object input) throws Exception {
        if (stage instanceof ConfiguredStage<?, ?, ?> configured) {
            return ((ConfiguredStage<Object, Object, ?>) configured).execute(context, input);
        }
        return ((Stage<Object, Object>) stage).execute(context, input);
    }

    /** The output as JSON, once its type has accepted it again. */
    private static String check(StageDefinition stage, Assignment assignment, @Nullable Object output) {
        Object value = output == null && stage.output().hasRawClass(Void.class) ? None.NONE : output;
        if (value == null || !stage.output().getRawClass().isInstance(value) && value != None.NONE) {
            throw unfit(
                    stage,
                    assignment,
                    "it is " + (value == null ? "null" : "a " + value.getClass().getName()));
        }
        try {
            String json = JsonCodec.write(value);
            if (value != None.NONE) {
                Objects.requireNonNull(JsonCodec.read(json, stage.output()));
            }
            return json;
        } catch (UnfitJsonException e) {
            throw unfit(stage, assignment, e.getMessage());
        }
    }

    private static NonRetryableException unfit(StageDefinition stage, Assignment assignment, @Nullable String why) {
        return new NonRetryableException(
                "INVALID_STAGE_OUTPUT",
                "The output of stage " + assignment.key() + " is not a valid "
                        + stage.output().getRawClass().getName() + ": " + why);
    }
}
