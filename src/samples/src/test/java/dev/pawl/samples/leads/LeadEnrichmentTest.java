package dev.pawl.samples.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.leads.LeadEnrichment.Company;
import dev.pawl.samples.leads.LeadEnrichment.EnrichedLead;
import dev.pawl.samples.leads.LeadEnrichment.Lead;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.SideEffects;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-02")
@Tag("J-10")
class LeadEnrichmentTest {

    private final TestEngine engine = TestEngine.with(new LeadEnrichment());

    @Test
    void whatThreeSourcesKnowIsPutTogether() {
        EnrichedLead lead =
                engine.start(LeadEnrichment.class, new Lead("ann@acme.example")).output(EnrichedLead.class);

        assertThat(lead.company()).isEqualTo(new Company("acme", 120));
        assertThat(lead.news()).containsExactly("acme.example has a new roof");
        assertThat(lead.creditRating()).isEqualTo(88);
    }

    @Test
    void aSourceThatIsAwayIsAskedAgainWhileTheOthersGoOn() {
        engine.failStep("news", 2, new IOException("line busy"));
        TestRun run = engine.start(LeadEnrichment.class, new Lead("ann@acme.example"));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.executions("company")).isEqualTo(1);
        engine.advance(Duration.ofSeconds(6));

        assertThat(run.output(EnrichedLead.class).news()).hasSize(1);
    }

    @Test
    void sourcesThatKnowNothingLeaveAGap() {
        engine.failStep("rating", 3, new IOException("closed"));
        TestRun run = engine.start(LeadEnrichment.class, new Lead("ann@acme.invalid"));
        engine.advance(Duration.ofSeconds(6));

        EnrichedLead lead = run.output(EnrichedLead.class);
        assertThat(lead.company()).isNull();
        assertThat(lead.creditRating()).isNull();
        assertThat(lead.news()).isNotEmpty();
    }

    @Test
    void whatIsNoAddressIsNotStarted() {
        assertThatThrownBy(() -> engine.start("lead-enrichment", Map.of("email", "ann")))
                .hasMessageContaining("not an address: 'ann'");
    }

    /** Notes what is filed. */
    private record WatchedDesk(SideEffects effects) implements SalesDesk {
        @Override
        public Company company(String domain) {
            return new Company(domain, 1);
        }

        @Override
        public List<String> news(String domain) {
            return List.of(domain);
        }

        @Override
        public int creditRating(String domain) {
            return 1;
        }

        @Override
        public void file(EnrichedLead lead, String key) {
            effects.happen("filed " + lead, key);
        }
    }

    @Test
    void whereverTheServerDiesTheSameLeadIsFiledUnderOneKey() {
        CrashMatrix.of(trial -> {
                    TestEngine dying =
                            trial.engine(TestEngine.with(new LeadEnrichment(new WatchedDesk(trial.effects()))));
                    TestRun run = dying.start(LeadEnrichment.class, new Lead("ann@acme.example"));
                    assertThat(trial.effects().distinct("filed " + run.output(EnrichedLead.class)))
                            .isEqualTo(1);
                })
                .verify();
    }
}
