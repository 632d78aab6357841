package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.Suspension;
import dev.pawl.engine.port.Chance;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a stage with its input, or asks it about its work elsewhere, and judges what it returned or threw. */
final class StageExecution implements StepCode {

    private final PipelineDefinition definition;
    private final StageDefinition stage;
    private final Payloads payloads;
    private final Chance chance;

    StageExecution(PipelineDefinition definition, StageDefinition stage, Payloads payloads, Chance chance) {
        this.definition = definition;
        this.stage = stage;
        this.payloads = payloads;
        this.chance = chance;
    }

    @Override
    public boolean isTransactional() {
        return stage.stage().options().isTransactional();
    }

    @Override
    public Result execute(RunningStep step) throws Exception {
        if (!(stage.stage() instanceof AsyncBatchStage<?, ?, ?> batch)) {
            return success(call(stage.stage(), step, input(step)), step);
        }
        StepState state = stateOf(step);
        return state.isPolled() ? poll(batch, step, state) : submit(batch, step, state);
    }

    @Override
    public Result.Failed failed(RunningStep step, Throwable thrown) {
        Assignment assignment = step.assignment();
        StepState state = stateOf(step);
        Suspension suspension = state.suspension();
        int attempt = state.isPolled() && suspension != null
                ? suspension.failedPolls() + 1
                : assignment.run().countedAttempt(assignment.attempt());
        var retry = stage.stage().options().retry();
        Optional<Duration> after = retry.allowsAfter(attempt, thrown)
                ? Optional.of(retry.delayAfter(attempt, chance.next()))
                : Optional.empty();
        return new Result.Failed(failure(thrown), after);
    }

    private Object input(RunningStep step) {
        return new StageInput(payloads).of(definition, stage, step.assignment());
    }

    private Result success(@Nullable Object output, RunningStep step) {
        Assignment assignment = step.assignment();
        String json = check(assignment, output);
        return new Result.Success(payloads.keep(
                "runs/" + assignment.run().id() + "/" + assignment.stepId() + "/" + assignment.attempt(), json));
    }

    @SuppressWarnings("unchecked")
    private Result submit(AsyncBatchStage<?, ?, ?> batch, RunningStep step, StepState state) throws Exception {
        Optional<Object> earlier = Optional.ofNullable(state.suspension()).map(kept -> read(kept.state()));
        Submission<?, ?> submission = ((AsyncBatchStage<Object, ?, Object>) batch).execute(step, input(step), earlier);
        if (submission instanceof Submission.Completed<?, ?> completed) {
            return success(completed.output(), step);
        }
        if (submission instanceof Submission.Suspended<?, ?> suspended) {
            return new Result.Suspended(keep(suspended.state(), step, state), suspended.poll());
        }
        throw unfit(step.assignment(), "it is null");
    }

    @SuppressWarnings("unchecked")
    private Result poll(AsyncBatchStage<?, ?, ?> batch, RunningStep step, StepState state) throws Exception {
        Object known = read(Objects.requireNonNull(state.suspension()).state());
        Completion<?, ?> completion = ((AsyncBatchStage<?, ?, Object>) batch).checkCompletion(step, known);
        if (completion instanceof Completion.Ready<?, ?> ready) {
            return success(ready.output(), step);
        }
        if (completion instanceof Completion.Failed<?, ?> failed) {
            return new Result.Failed(Failure.of(failed.code(), failed.message()), Optional.empty());
        }
        if (completion instanceof Completion.NotReady<?, ?> notReady) {
            Optional<Payload> changed = notReady.state().map(value -> keep(value, step, state));
            return new Result.StillWaiting(changed, notReady.nextCheckIn());
        }
        throw unfit(step.assignment(), "the answer to a poll is null");
    }

    private Object read(Payload state) {
        try {
            return JsonCodec.read(payloads.read(state), stateType());
        } catch (UnfitJsonException | PayloadMissingException e) {
            throw new NonRetryableException(
                    "INVALID_SUSPENDED_STATE",
                    "What stage '" + stage.id() + "' suspended with cannot be read as "
                            + stateType().getRawClass().getName() + ": " + e.getMessage(),
                    e);
        }
    }

    /** A state is never overwritten, because a report that is discarded must leave the one there was. */
    private Payload keep(@Nullable Object value, RunningStep step, StepState state) {
        Assignment assignment = step.assignment();
        String json = checked(assignment, value, stateType(), "suspended state", "INVALID_SUSPENDED_STATE");
        int polls = state.suspension() == null ? 0 : state.suspension().polls() + 1;
        return payloads.keep(
                "runs/" + assignment.run().id() + "/" + assignment.stepId() + "/" + assignment.attempt() + "/state-"
                        + polls,
                json);
    }

    private JavaType stateType() {
        return Objects.requireNonNull(stage.state(), "the stage waits for work elsewhere");
    }

    private StepState stateOf(RunningStep step) {
        return step.assignment().run().step(stage.id()).orElseThrow();
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

    private String check(Assignment assignment, @Nullable Object output) {
        Object value = output == null && stage.output().hasRawClass(Void.class) ? None.NONE : output;
        return value == None.NONE
                ? JsonCodec.write(value)
                : checked(assignment, value, stage.output(), "output", "INVALID_STAGE_OUTPUT");
    }

    /** A value as JSON, once its type has accepted it again. */
    private static String checked(
            Assignment assignment, @Nullable Object value, JavaType type, String what, String code) {
        if (!type.getRawClass().isInstance(value)) {
            throw unfit(
                    assignment,
                    type,
                    what,
                    code,
                    "it is " + (value == null ? "null" : "a " + value.getClass().getName()));
        }
        try {
            String json = JsonCodec.write(value);
            Objects.requireNonNull(JsonCodec.read(json, type));
            return json;
        } catch (UnfitJsonException e) {
            throw unfit(assignment, type, what, code, e.getMessage());
        }
    }

    private NonRetryableException unfit(Assignment assignment, String why) {
        return unfit(assignment, stage.output(), "output", "INVALID_STAGE_OUTPUT", why);
    }

    private static NonRetryableException unfit(
            Assignment assignment, JavaType type, String what, String code, @Nullable String why) {
        return new NonRetryableException(
                code,
                "The " + what + " of stage " + assignment.key() + " is not a valid "
                        + type.getRawClass().getName() + ": " + why);
    }
}
