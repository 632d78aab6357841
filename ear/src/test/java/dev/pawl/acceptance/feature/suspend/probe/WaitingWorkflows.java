package dev.pawl.acceptance.feature.suspend.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Poll;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.api.WorkflowSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Batches elsewhere that end when a gate is opened. */
public class WaitingWorkflows implements WorkflowSource {

    /** @param every ISO-8601 */
    public record Job(String name, String every, String maxWait) {}

    public record Ticket(String number) {}

    public record Report(String text) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("waits-for-batch", Job.class)
                .then(new Batch())
                .then(new Publish())
                .build());
    }

    static final class Batch implements AsyncBatchStage<Job, Report, Ticket> {
        @Override
        public Submission<Report, Ticket> execute(StageContext context, Job job, Optional<Ticket> resumeState) {
            Gates.note(job.name() + " submitted");
            return Submission.suspended(
                    new Ticket(job.name()),
                    Poll.every(Duration.parse(job.every())).forAtMost(Duration.parse(job.maxWait())));
        }

        @Override
        public Completion<Report, Ticket> checkCompletion(StageContext context, Ticket ticket) {
            Gates.note(ticket.number() + " polled");
            return Gates.isOpen(ticket.number())
                    ? Completion.ready(new Report("report of " + ticket.number()))
                    : Completion.notReady();
        }
    }

    static final class Publish implements Stage<Report, Report> {
        @Override
        public Report execute(StageContext context, Report report) {
            return new Report(report.text() + ", published");
        }
    }
}
