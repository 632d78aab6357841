package dev.pawl.samples.leads;

import dev.pawl.api.NonRetryableException;
import dev.pawl.samples.leads.LeadEnrichment.Company;
import dev.pawl.samples.leads.LeadEnrichment.EnrichedLead;
import java.lang.System.Logger.Level;
import java.util.List;

/** Makes things up from the domain's name, knows no companies under {@code .invalid}, and files in the server's log. */
public final class InventedSalesDesk implements SalesDesk {

    private static final System.Logger LOG = System.getLogger(InventedSalesDesk.class.getName());

    @Override
    public Company company(String domain) {
        if (domain.endsWith(".invalid")) {
            throw new NonRetryableException("NO_COMPANY", "No company is registered under " + domain);
        }
        return new Company(domain.substring(0, domain.indexOf('.')), domain.length() * 10);
    }

    @Override
    public List<String> news(String domain) {
        return List.of(domain + " has a new roof");
    }

    @Override
    public int creditRating(String domain) {
        return 100 - domain.length();
    }

    @Override
    public void file(EnrichedLead lead, String key) {
        LOG.log(Level.INFO, "Filed {0} ({1})", lead, key);
    }
}
