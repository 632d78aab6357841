package dev.pawl.samples.leads;

import dev.pawl.samples.leads.LeadEnrichment.Company;
import dev.pawl.samples.leads.LeadEnrichment.EnrichedLead;
import java.util.List;

/** What is known of companies, and where it is filed. */
public interface SalesDesk {

    Company company(String domain);

    List<String> news(String domain);

    /** From 0 to 100. */
    int creditRating(String domain);

    /** @param key a lead that comes twice under one key is filed once */
    void file(EnrichedLead lead, String key);
}
