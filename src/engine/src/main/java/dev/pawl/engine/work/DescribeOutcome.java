package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.work.JobOutcome.Answer;
import org.jspecify.annotations.Nullable;

/** Says in one word, and with the output at hand, what became of a step that was asked for. */
final class DescribeOutcome {

    private final Payloads payloads;

    DescribeOutcome(Payloads payloads) {
        this.payloads = payloads;
    }

    /** Of a step that was executed. */
    JobOutcome of(StepKey step, ExecuteStep.Reported reported) {
        return outcome(
                step,
                reported.answer(),
                reported.output().orElse(null),
                reported.failure().orElse(null));
    }

    /** Of a step that this server could not take. */
    JobOutcome of(StepKey step, TakeStep.Result result) {
        return switch (result.answer()) {
            case COMPLETED -> outcome(step, Answer.COMPLETED, result.output().orElse(null), null);
            case DISCARDED -> JobOutcome.of(step, Answer.DISCARDED);
            case HELD -> JobOutcome.of(step, Answer.HELD);
            case TAKEN, NOT_AVAILABLE -> JobOutcome.of(step, Answer.NOT_AVAILABLE);
        };
    }

    private JobOutcome outcome(StepKey step, Answer answer, @Nullable Payload output, @Nullable Failure failure) {
        JsonNode value = output == null ? null : JsonCodec.parse(payloads.read(output));
        return new JobOutcome(
                step.run(), step.stepId(), answer, value, failure == null ? null : failure.in(step.stepId()));
    }
}
