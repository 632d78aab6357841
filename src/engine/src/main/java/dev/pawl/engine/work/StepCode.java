package dev.pawl.engine.work;

import dev.pawl.engine.command.ReportStep.Result;

/** The user code of a step, as its way of defining work has it. */
interface StepCode {

    /** Whether it runs inside the transaction of its report. */
    boolean isTransactional();

    /** Calls user code once and says what came of it; what it throws goes to {@link #failed}. */
    Result execute(RunningStep step) throws Exception;

    /** How a failed attempt is reported. */
    Result.Failed failed(RunningStep step, Throwable thrown);
}
