package dev.pawl.samples.review;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.mail.Mail;
import dev.pawl.samples.review.DocumentReview.Result;
import dev.pawl.samples.review.DocumentReview.Review;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asks all reviewers at once, reminds those who say nothing, and waits for them once more. The strictest opinion counts; a
 * document on which nobody has one is rejected.
 */
@Workflow(
        value = "document-review",
        description = "Reviewers side by side, each reminded once; the strictest opinion counts")
public class DocumentReview implements DurableWorkflow<Review, Result> {

    /** A reviewer's opinion, correlated by the document. */
    public static final EventType<Opinion> REVIEWED = EventType.of("document.reviewed", Opinion.class);

    static final Duration FIRST_WAIT = Duration.ofDays(3);
    static final Duration SECOND_WAIT = Duration.ofDays(2);

    /** From mild to strict. */
    public enum Verdict {
        APPROVED,
        CHANGES_REQUESTED,
        REJECTED
    }

    public record Review(String document, List<String> reviewers) {
        public Review {
            reviewers = List.copyOf(reviewers);
            if (reviewers.isEmpty()) {
                throw new IllegalArgumentException("a review needs a reviewer");
            }
        }
    }

    public record Opinion(String reviewer, Verdict verdict, String remark) {}

    public record Result(Verdict verdict, List<Opinion> opinions) {}

    private final Mail mail;

    public DocumentReview() {
        this(Mail.toLog());
    }

    DocumentReview(Mail mail) {
        this.mail = mail;
    }

    @Override
    public Result run(WorkflowContext ctx, Review review) {
        List<Opinion> opinions = ctx
                .forEach(
                        "reviewers",
                        ParallelOptions.ALL,
                        review.reviewers(),
                        reviewer -> branch -> opinion(branch, review.document(), reviewer))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return new Result(
                opinions.stream()
                        .map(Opinion::verdict)
                        .max(Comparator.naturalOrder())
                        .orElse(Verdict.REJECTED),
                opinions);
    }

    private Optional<Opinion> opinion(WorkflowContext branch, String document, String reviewer) {
        Wait<Opinion> opinion = Wait.forEvent(REVIEWED).correlatedBy(document).where("reviewer", reviewer);

        branch.step("ask", step -> mail.send(reviewer, "Please review " + document, step.idempotencyKey()));
        Optional<Opinion> prompt = branch.waitFor(opinion.atMost(FIRST_WAIT));
        if (prompt.isPresent()) {
            return prompt;
        }
        branch.step("remind", step -> mail.send(reviewer, document + " waits for you", step.idempotencyKey()));
        return branch.waitFor(opinion.atMost(SECOND_WAIT));
    }
}
