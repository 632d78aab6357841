package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.RunInfo;

/** Tells a run of the built-in workflows what it has to do. */
final class JobDesk {

    private final JobRows rows;
    private final InTransaction transactions;

    JobDesk(JobRows rows, InTransaction transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    JsonNode call(RunInfo run) {
        return transactions
                .call(() -> rows.find(run.id()))
                .orElseThrow(() -> new NonRetryableException(
                        "NOTHING_TO_DO",
                        "Runs of '" + run.workflowId() + "' are started by Manifest programs; run " + run.id()
                                + " was started by hand and has nothing to do"));
    }
}
