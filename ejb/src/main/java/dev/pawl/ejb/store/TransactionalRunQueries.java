package dev.pawl.ejb.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.ejb.outage.WatchesDatabase;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Each question is a short transaction. Without one the container would keep the connection for as long as the request or
 * task around it lasts, and a caller who waits for a run would hold it all the while.
 */
@ApplicationScoped
@WatchesDatabase
@Transactional(dontRollbackOn = IllegalArgumentException.class)
public class TransactionalRunQueries implements RunQueries {

    @Inject
    private JpaRunQueries queries;

    @Override
    public Optional<RunView> find(String tenant, RunId run) {
        return queries.find(tenant, run);
    }

    @Override
    public boolean has(String tenant, RunId run) {
        return queries.has(tenant, run);
    }

    @Override
    public Page<RunView> list(RunFilter filter, Optional<String> cursor, int limit) {
        return queries.list(filter, cursor, limit);
    }

    @Override
    public Page<EventView> events(RunId run, long after, int limit) {
        return queries.events(run, after, limit);
    }

    @Override
    public Page<LogView> logs(RunId run, LogFilter filter, Optional<String> cursor, int limit) {
        return queries.logs(run, filter, cursor, limit);
    }

    @Override
    public Map<RunId, Long> newestLines(Collection<RunId> runs, Instant from) {
        return queries.newestLines(runs, from);
    }

    @Override
    public Page<StepView> steps(RunId run, int after, int limit) {
        return queries.steps(run, after, limit);
    }

    @Override
    public Optional<JsonNode> value(RunId run, String name) {
        return queries.value(run, name);
    }

    @Override
    public Map<RunId, RunStatus> statuses(Collection<RunId> runs) {
        return queries.statuses(runs);
    }
}
