package dev.pawl.samples.leads;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Fork;
import dev.pawl.api.Promise;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.leads.LeadEnrichment.EnrichedLead;
import dev.pawl.samples.leads.LeadEnrichment.Lead;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks three sources at the same time and files what they know. A source that does not answer leaves a gap. */
@Workflow(value = "lead-enrichment", description = "Asks three sources side by side and files what they know")
public class LeadEnrichment implements DurableWorkflow<Lead, EnrichedLead> {

    private static final StepOptions PROMPTLY = StepOptions.timeout(Duration.ofSeconds(30));

    public record Lead(String email) {
        public Lead {
            if (!email.matches("[^@]+@[^@.]+\\.[^@]+")) {
                throw new IllegalArgumentException("not an address: '" + email + "'");
            }
        }

        String domain() {
            return email.substring(email.indexOf('@') + 1);
        }
    }

    public record Company(String name, int employees) {}

    /** Null where the source had nothing to say. */
    public record EnrichedLead(
            String email,
            @Nullable Company company,
            List<String> news,
            @Nullable Integer creditRating) {}

    private final SalesDesk desk;

    public LeadEnrichment() {
        this(new InventedSalesDesk());
    }

    LeadEnrichment(SalesDesk desk) {
        this.desk = desk;
    }

    @Override
    public EnrichedLead run(WorkflowContext ctx, Lead lead) {
        String domain = lead.domain();
        Fork sources = ctx.fork("sources");
        Promise<@Nullable Company> company =
                sources.branch("registry", c -> c.step("company", Company.class, PROMPTLY, () -> desk.company(domain)));
        Promise<List<String>> news = sources.branch(
                "press", c -> c.step("news", TypeRef.listOf(String.class), PROMPTLY, step -> desk.news(domain)));
        Promise<@Nullable Integer> rating =
                sources.branch("bank", c -> c.step("rating", Integer.class, PROMPTLY, () -> desk.creditRating(domain)));
        sources.joinAll();

        EnrichedLead enriched =
                new EnrichedLead(lead.email(), company.orElse(null), news.orElse(List.of()), rating.orElse(null));
        ctx.step("file", step -> desk.file(enriched, step.idempotencyKey()));
        return enriched;
    }
}
