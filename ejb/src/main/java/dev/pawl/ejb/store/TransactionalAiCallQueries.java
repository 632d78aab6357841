package dev.pawl.ejb.store;

import dev.pawl.ejb.outage.WatchesDatabase;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.AiCallFilter;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.engine.query.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Each question is a short transaction. */
@ApplicationScoped
@WatchesDatabase
@Transactional(dontRollbackOn = IllegalArgumentException.class)
public class TransactionalAiCallQueries implements AiCallQueries {

    @Inject
    private JpaAiCallQueries queries;

    @Override
    public Page<AiCallView> calls(RunId run, Optional<String> cursor, int limit) {
        return queries.calls(run, cursor, limit);
    }

    @Override
    public AiStatistics statistics(AiCallFilter filter, int limit) {
        return queries.statistics(filter, limit);
    }
}
