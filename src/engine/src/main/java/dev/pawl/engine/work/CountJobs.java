package dev.pawl.engine.work;

import dev.pawl.api.local.JobCounts;
import dev.pawl.engine.work.JobOutcome.Answer;
import java.util.Arrays;
import java.util.List;

/** Sums up what became of many steps. */
public final class CountJobs {

    private CountJobs() {}

    public static JobCounts count(List<JobOutcome> outcomes) {
        int completed = count(outcomes, Answer.COMPLETED);
        int suspended = count(outcomes, Answer.SUSPENDED);
        int retrying = count(outcomes, Answer.RETRYING);
        int failed = count(outcomes, Answer.FAILED);
        int dropped = count(outcomes, Answer.DISCARDED, Answer.HANDED_BACK, Answer.UNREPORTED);
        return new JobCounts(outcomes.size(), completed, suspended, retrying, failed, dropped);
    }

    private static int count(List<JobOutcome> outcomes, Answer... answers) {
        List<Answer> wanted = Arrays.asList(answers);
        return (int) outcomes.stream()
                .filter(outcome -> wanted.contains(outcome.answer()))
                .count();
    }
}
