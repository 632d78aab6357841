package dev.pawl.ejb.manifest.job;

import dev.pawl.engine.port.Aged;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requests for approval that are closed. */
record AgedApprovals(EntityTransactions transactions, Optional<Duration> age) implements Aged {

    @Override
    public String what() {
        return "requests for approval";
    }

    @Override
    public int remove(Instant before, int most) {
        return transactions.reading(work -> work.approvals().removeClosed(before, most));
    }
}
