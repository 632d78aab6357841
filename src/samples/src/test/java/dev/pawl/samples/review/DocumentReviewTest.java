package dev.pawl.samples.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.review.DocumentReview.Opinion;
import dev.pawl.samples.review.DocumentReview.Result;
import dev.pawl.samples.review.DocumentReview.Review;
import dev.pawl.samples.review.DocumentReview.Verdict;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("W-11")
@Tag("J-10")
class DocumentReviewTest {

    private static final Review REVIEW = new Review("charter", List.of("ann", "bob", "cy"));

    private final List<String> mails = new ArrayList<>();
    private final TestEngine engine =
            TestEngine.with(new DocumentReview((to, text, key) -> mails.add(to + ": " + text)));

    private static void review(TestEngine engine, String reviewer, Verdict verdict) {
        engine.publish(DocumentReview.REVIEWED, "charter", new Opinion(reviewer, verdict, "read it"));
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, APPROVED, APPROVED, APPROVED",
        "APPROVED, CHANGES_REQUESTED, APPROVED, CHANGES_REQUESTED",
        "CHANGES_REQUESTED, REJECTED, APPROVED, REJECTED",
        "REJECTED, APPROVED, CHANGES_REQUESTED, REJECTED"
    })
    void theStrictestOpinionCounts(Verdict ann, Verdict bob, Verdict cy, Verdict all) {
        TestRun run = engine.start(DocumentReview.class, REVIEW);
        review(engine, "cy", cy);
        review(engine, "ann", ann);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        review(engine, "bob", bob);

        assertThat(run.output(Result.class).verdict()).isEqualTo(all);
        assertThat(run.output(Result.class).opinions())
                .extracting(Opinion::reviewer)
                .containsExactly("ann", "bob", "cy");
    }

    @Test
    void onlyThoseWhoSaidNothingAreRemindedAndHaveTwoDaysMore() {
        TestRun run = engine.start(DocumentReview.class, REVIEW);
        review(engine, "ann", Verdict.APPROVED);
        engine.advance(DocumentReview.FIRST_WAIT);
        assertThat(mails)
                .filteredOn(mail -> mail.endsWith("waits for you"))
                .containsExactlyInAnyOrder("bob: charter waits for you", "cy: charter waits for you");

        review(engine, "bob", Verdict.APPROVED);
        engine.advance(DocumentReview.SECOND_WAIT.minus(Duration.ofMinutes(1)));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(Result.class).verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(run.output(Result.class).opinions()).hasSize(2);
    }

    @Test
    void whatNobodyReadsIsRejected() {
        TestRun run = engine.start(DocumentReview.class, REVIEW);
        engine.advance(DocumentReview.FIRST_WAIT.plus(DocumentReview.SECOND_WAIT));

        assertThat(run.output(Result.class)).isEqualTo(new Result(Verdict.REJECTED, List.of()));
    }

    @Test
    void whereverTheServerDiesNobodyIsAskedUnderTwoKeys() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(TestEngine.with(new DocumentReview(
                            (to, text, key) -> trial.effects().happen(to + ": " + text, key))));
                    TestRun run = dying.start(DocumentReview.class, REVIEW);
                    review(dying, "ann", Verdict.CHANGES_REQUESTED);
                    dying.advance(DocumentReview.FIRST_WAIT);
                    review(dying, "bob", Verdict.APPROVED);
                    dying.advance(DocumentReview.SECOND_WAIT);
                    assertThat(run.output(Result.class).verdict()).isEqualTo(Verdict.CHANGES_REQUESTED);
                    assertThat(trial.effects().distinct("cy: charter waits for you"))
                            .isEqualTo(1);
                })
                .verify();
    }
}
