package dev.pawl.engine.work;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportCode.Then;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.work.ExecuteStep.Reported;
import dev.pawl.engine.work.JobOutcome.Answer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the last report of a step, and how it was received, what became of the step. */
final class LastReport {

    private static final Logger LOG = LoggerFactory.getLogger(LastReport.class);

    /** Nothing was reported: the step was left because its results were not wanted any more. */
    static final Reported NONE = reported(Answer.DISCARDED, null, null);

    private LastReport() {}

    /** Of a stage. */
    static Reported of(Assignment assignment, Result result, Receipt receipt) {
        if (receipt instanceof Receipt.Discarded discarded) {
            return discarded(assignment, discarded.reason());
        }
        Optional<Assignment> next = ((Receipt.Accepted) receipt).next();
        if (result instanceof Result.Success success) {
            return new Reported(Answer.COMPLETED, Optional.of(success.output()), Optional.empty(), next);
        }
        if (result instanceof Result.Failed failed) {
            Answer answer = failed.retryAfter().isPresent() ? Answer.RETRYING : Answer.FAILED;
            return new Reported(answer, Optional.empty(), Optional.of(failed.failure()), next);
        }
        boolean isBack = result instanceof Result.HandedBack || result instanceof Result.Postponed;
        Answer answer = isBack ? Answer.HANDED_BACK : Answer.SUSPENDED;
        return new Reported(answer, Optional.empty(), Optional.empty(), next);
    }

    /** Of durable code. */
    static Reported of(ReportCode report, ReportCode.Receipt receipt) {
        if (receipt instanceof ReportCode.Receipt.Discarded discarded) {
            return discarded(report.assignment(), discarded.reason());
        }
        Then then = report.then();
        if (then instanceof Then.Complete complete) {
            return reported(Answer.COMPLETED, complete.output(), null);
        }
        if (then instanceof Then.Fail fail) {
            return reported(Answer.FAILED, null, fail.failure());
        }
        if (then instanceof Then.Park park) {
            return reported(Answer.SUSPENDED, null, park.failure());
        }
        if (then instanceof Then.Suspend) {
            return reported(Answer.SUSPENDED, null, null);
        }
        return then instanceof Then.HandBack ? reported(Answer.HANDED_BACK, null, null) : NONE;
    }

    private static Reported discarded(Assignment assignment, String reason) {
        LOG.info("The result of step {} was discarded: {}", assignment.key(), reason);
        return reported(Answer.DISCARDED, null, Failure.of("DISCARDED", reason));
    }

    private static Reported reported(Answer answer, @Nullable Payload output, @Nullable Failure failure) {
        return new Reported(answer, Optional.ofNullable(output), Optional.ofNullable(failure), Optional.empty());
    }
}
