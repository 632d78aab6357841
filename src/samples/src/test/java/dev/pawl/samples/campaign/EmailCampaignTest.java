package dev.pawl.samples.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.campaign.EmailCampaign.Campaign;
import dev.pawl.samples.campaign.EmailCampaign.Report;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-02")
@Tag("W-04")
@Tag("J-10")
class EmailCampaignTest {

    private static final Campaign SPRING =
            new Campaign(List.of("ann", "bob"), List.of("hello", "still there?", "bye"), Duration.ofDays(3));

    @Test
    void everybodyGetsEveryLetterWithPausesBetween() {
        List<String> mails = new ArrayList<>();
        TestEngine engine = TestEngine.with(new EmailCampaign((to, text, key) -> mails.add(to + " " + text)));
        TestRun run = engine.start(EmailCampaign.class, SPRING);
        assertThat(mails).containsExactly("ann hello", "bob hello");
        engine.advance(Duration.ofDays(3));
        assertThat(mails).hasSize(4);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofDays(3));

        assertThat(run.output(Report.class).sent()).isEqualTo(6);
        assertThat(mails).endsWith("ann bye", "bob bye").doesNotHaveDuplicates();
    }

    @Test
    void whereverTheServerDiesNoLetterIsSentUnderTwoKeys() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(TestEngine.with(
                            new EmailCampaign((to, text, key) -> trial.effects().happen(to + " " + text, key))));
                    TestRun run = dying.start(EmailCampaign.class, SPRING);
                    dying.advance(Duration.ofDays(6));
                    assertThat(run.output(Report.class).sent()).isEqualTo(6);
                    assertThat(trial.effects().distinct("bob bye")).isEqualTo(1);
                })
                .verify();
    }
}
