package dev.pawl.ejb.store;

import dev.pawl.ejb.catalog.ReplacedParts;
import dev.pawl.ejb.outage.WatchesDatabase;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.port.AiCallLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Set;

/** Each writing is a short transaction of its own, so that a step whose work is rolled back has still paid for it. */
@ApplicationScoped
@WatchesDatabase
@Named(ReplacedParts.AI_CALLS)
@Transactional(TxType.REQUIRES_NEW)
public class TransactionalAiCallLog implements AiCallLog {

    @Inject
    private SqlAiCallLog log;

    @Override
    public void record(List<AiCall> calls) {
        log.record(calls);
    }

    @Override
    public Set<String> settle(List<AiCall> calls) {
        return log.settle(calls);
    }
}
