package dev.pawl.ejb.store;

import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Each question is a short transaction, for the reason told in {@link TransactionalRunQueries}. */
@ApplicationScoped
@Transactional(dontRollbackOn = IllegalArgumentException.class)
public class TransactionalFlowQueries implements FlowQueries {

    @Inject
    private SqlFlowQueries flows;

    @Override
    public Page<FlowEvent> events(
            String tenant, String correlationId, Optional<String> type, Optional<String> cursor, int limit) {
        return flows.events(tenant, correlationId, type, cursor, limit);
    }
}
