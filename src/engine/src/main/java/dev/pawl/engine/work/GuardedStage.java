package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.work.ExecuteStep.Reported;
import dev.pawl.engine.work.limit.GateCall;
import dev.pawl.engine.work.limit.OpenGate;
import dev.pawl.engine.work.limit.Passage;
import dev.pawl.engine.work.limit.StepGates;
import java.util.function.Function;

/** Takes a stage through the gates of its policies, outside any transaction, whatever its code runs in. */
final class GuardedStage {

    private final StepGates gates;
    private final Payloads payloads;

    GuardedStage(StepGates gates, Payloads payloads) {
        this.gates = gates;
        this.payloads = payloads;
    }

    /**
     * Executes what is let through.
     *
     * @param execute calls the code and reports
     * @param report reports a stage whose code is not called
     */
    Reported execute(
            PipelineDefinition pipeline,
            StageDefinition stage,
            StepCode code,
            RunningStep step,
            Function<StepCode, Reported> execute,
            Function<Result, Reported> report) {
        Passage passage;
        try {
            passage = gates.enter(call(pipeline, stage, step.assignment()));
        } catch (InterruptedException e) {
            return execute.apply(throwing(code, e));
        } catch (NonRetryableException e) {
            return report.apply(code.failed(step, e));
        }
        if (passage instanceof Passage.Open open) {
            try {
                return observed(execute, code, open.gate());
            } finally {
                open.gate().leave();
            }
        }
        if (passage instanceof Passage.Answered answered) {
            Assignment assignment = step.assignment();
            return report.apply(new Result.Success(payloads.keep(
                    "runs/" + assignment.run().id() + "/" + assignment.stepId() + "/" + assignment.attempt(),
                    answered.json())));
        }
        if (passage instanceof Passage.Postponed postponed) {
            return report.apply(new Result.Postponed(postponed.until(), postponed.why()));
        }
        Failure why = ((Passage.Refused) passage).why();
        return report.apply(code.failed(step, new NonRetryableException(why.code(), why.message())));
    }

    private GateCall call(PipelineDefinition pipeline, StageDefinition stage, Assignment assignment) {
        return new GateCall(
                assignment.run().header(),
                assignment.stepId(),
                assignment.run().id() + "/" + assignment.stepId(),
                assignment.stepId(),
                stage.stage().options().policies(),
                () -> input(pipeline, stage, assignment),
                hasWaited(assignment));
    }

    private static boolean hasWaited(Assignment assignment) {
        return assignment
                .run()
                .step(assignment.stepId())
                .map(StepState::failure)
                .filter(failure -> failure.code().equals(Ticket.LIMIT_REACHED))
                .isPresent();
    }

    private JsonNode input(PipelineDefinition pipeline, StageDefinition stage, Assignment assignment) {
        Object input = new StageInput(payloads).of(pipeline, stage, assignment);
        return JsonCodec.toTree(input == None.NONE ? null : input);
    }

    private Reported observed(Function<StepCode, Reported> execute, StepCode code, OpenGate gate) {
        Reported reported = execute.apply(new Observed(code, gate, payloads));
        boolean isResult = reported.answer() == JobOutcome.Answer.COMPLETED;
        boolean failed =
                reported.answer() == JobOutcome.Answer.FAILED || reported.answer() == JobOutcome.Answer.RETRYING;
        if (!isResult && !failed) {
            gate.left();
        }
        return reported;
    }

    private static StepCode throwing(StepCode code, InterruptedException thrown) {
        return new StepCode() {
            @Override
            public boolean isTransactional() {
                return code.isTransactional();
            }

            @Override
            public Result execute(RunningStep step) throws InterruptedException {
                throw thrown;
            }

            @Override
            public Result.Failed failed(RunningStep step, Throwable failure) {
                return code.failed(step, failure);
            }
        };
    }

    /** Tells the gate how the code ended. */
    private record Observed(StepCode code, OpenGate gate, Payloads payloads) implements StepCode {

        @Override
        public boolean isTransactional() {
            return code.isTransactional();
        }

        @Override
        public Result execute(RunningStep step) throws Exception {
            Result result = code.execute(step);
            if (result instanceof Result.Success success) {
                gate.succeeded(payloads.read(success.output()));
                if (!code.isTransactional()) {
                    // before the report: who dies in between finds the result in the cache
                    gate.leave();
                }
            }
            return result;
        }

        @Override
        public Result.Failed failed(RunningStep step, Throwable thrown) {
            gate.failed(thrown);
            if (!code.isTransactional()) {
                // before the report: who sees the failure finds it counted
                gate.leave();
            }
            return code.failed(step, thrown);
        }
    }
}
