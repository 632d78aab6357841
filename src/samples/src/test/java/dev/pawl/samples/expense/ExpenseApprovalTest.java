package dev.pawl.samples.expense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.expense.ExpenseApproval.Answer;
import dev.pawl.samples.expense.ExpenseApproval.Decision;
import dev.pawl.samples.expense.ExpenseApproval.Expense;
import dev.pawl.samples.expense.ExpenseApproval.Level;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W-10")
@Tag("J-10")
class ExpenseApprovalTest {

    private final List<String> mails = new ArrayList<>();
    private final TestEngine engine = TestEngine.with(new ExpenseApproval((to, text, key) -> mails.add(to)));

    private static Expense expense(String amount) {
        return new Expense("e-1", "ada", new BigDecimal(amount), "a chair");
    }

    private TestRun submit(String amount) {
        return engine.start(ExpenseApproval.class, expense(amount));
    }

    private void answer(Level level, boolean approved) {
        engine.publish(ExpenseApproval.ANSWERED, "e-1", new Answer(level, approved, "Grace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "1000"})
    void upToAThousandTheManagerDecidesAlone(String amount) {
        TestRun run = submit(amount);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        answer(Level.MANAGER, true);

        assertThat(run.output(Decision.class)).isEqualTo(new Decision(true, "approved"));
        assertThat(mails).containsExactly("MANAGER", "ada");
    }

    @Test
    void aboveAThousandAVicePresidentDecidesToo() {
        TestRun run = submit("1000.01");
        answer(Level.MANAGER, true);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        answer(Level.VP, true);

        assertThat(run.output(Decision.class).approved()).isTrue();
        assertThat(mails).containsExactly("MANAGER", "VP", "ada");
    }

    @Test
    void theVicePresidentIsNotAskedWhatTheManagerRejects() {
        TestRun run = submit("2000");
        answer(Level.MANAGER, false);

        assertThat(run.output(Decision.class)).isEqualTo(new Decision(false, "rejected by Grace"));
        assertThat(mails).doesNotContain("VP");
    }

    @Test
    void theVicePresidentMayRejectWhatTheManagerApproves() {
        TestRun run = submit("2000");
        answer(Level.MANAGER, true);
        answer(Level.VP, false);

        assertThat(run.output(Decision.class).approved()).isFalse();
    }

    @Test
    void anAnswerOfTheWrongLevelIsNotTaken() {
        TestRun run = submit("10");
        answer(Level.VP, true);

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
    }

    @Test
    void silenceForTwoDaysIsANo() {
        TestRun first = submit("10");
        engine.advance(Duration.ofHours(47));
        assertThat(first.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofHours(1));
        assertThat(first.output(Decision.class))
                .isEqualTo(new Decision(false, "MANAGER has not answered within 48 hours"));
    }

    @Test
    void everyLevelHasTwoDaysOfItsOwn() {
        TestRun run = submit("2000");
        engine.advance(Duration.ofHours(47));
        answer(Level.MANAGER, true);
        engine.advance(Duration.ofHours(47));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(Decision.class).reason()).isEqualTo("VP has not answered within 48 hours");
    }

    @Test
    void whereverTheServerDiesEveryMailGoesOutUnderOneKey() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(TestEngine.with(new ExpenseApproval(
                            (to, text, key) -> trial.effects().happen("mail to " + to, key))));
                    TestRun run = dying.start(ExpenseApproval.class, expense("2000"));
                    dying.advance(Duration.ofHours(30));
                    dying.publish(ExpenseApproval.ANSWERED, "e-1", new Answer(Level.MANAGER, true, "Grace"));
                    dying.advance(Duration.ofHours(48));
                    assertThat(run.output(Decision.class).approved()).isFalse();
                    assertThat(trial.effects().distinct("mail to ada")).isEqualTo(1);
                })
                .verify();
    }
}
