package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.RunReading;
import dev.pawl.ejb.store.sql.RunRewriting;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.StaleRunException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs in the database. This is what every run pays for, so it is prepared SQL on the transaction's connection and no
 * entity life cycle; the number of statements does not depend on the number of runs.
 */
public final class SqlRunStore implements RunStore {

    /** In the SQL standard. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlRunStore(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public Map<RunId, Run> lock(Collection<RunId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : connection.call("lock runs", current -> dialect.picking().lock(current, ids));
    }

    @Override
    public List<Run> lockPending(int max) {
        return connection.call("pick pending runs", current -> dialect.picking().lockPending(current, max));
    }

    @Override
    public List<Run> lockDue(int max, Instant now) {
        return connection.call("pick due steps", current -> dialect.picking().lockDue(current, max, now));
    }

    @Override
    public List<Run> lockExpired(int max, Instant now) {
        return connection.call(
                "pick expired leases", current -> dialect.picking().lockExpired(current, max, now));
    }

    @Override
    public List<Run> lockLeftBehind(int max, String node, String currentOwner) {
        return connection.call("pick what node " + node + " left behind", current -> dialect.picking()
                .lockLeftBehind(current, max, node, currentOwner));
    }

    @Override
    public List<Run> lockStuck(int max) {
        return connection.call("pick stuck runs", current -> dialect.picking().lockStuck(current, max));
    }

    @Override
    public List<Run> lockParked(int max) {
        return connection.call("pick parked runs", current -> dialect.picking().lockParked(current, max));
    }

    @Override
    public List<StepState> steps(RunId run) {
        return connection.call("read steps", current -> RunReading.steps(current, run));
    }

    @Override
    public void dropSteps(RunId run, int fromGroup) {
        connection.call("drop steps", current -> RunRewriting.dropSteps(current, run, fromGroup));
    }

    @Override
    public void discard(Collection<String> blobKeys) {
        if (!blobKeys.isEmpty()) {
            connection.call("discard blobs", current -> RunRewriting.discard(current, blobKeys));
        }
    }

    @Override
    public List<String> discarded(int max) {
        return connection.call("read discarded blobs", current -> RunReading.discarded(current, max));
    }

    @Override
    public void forget(Collection<String> blobKeys) {
        if (!blobKeys.isEmpty()) {
            connection.call("forget discarded blobs", current -> RunRewriting.forget(current, blobKeys));
        }
    }

    @Override
    public void save(Collection<Run> runs) {
        List<Run> changed = runs.stream()
                .filter(Run::isChanged)
                .sorted(Comparator.comparing(Run::id))
                .toList();
        if (!changed.isEmpty()) {
            List<Run> fresh = changed.stream().filter(Run::isNew).toList();
            List<Run> known = changed.stream().filter(run -> !run.isNew()).toList();
            connection.last(
                    "save " + changed.size() + " runs", (current, commits) -> save(current, fresh, known, commits));
            replaceRequests(known.stream().filter(Run::isRequestChanged).toList());
        }
    }

    private void replaceRequests(List<Run> runs) {
        for (Run run : runs) {
            connection.call("write the request of run " + run.id(), current -> {
                RunRewriting.replaceRequest(current, run);
                return run;
            });
        }
    }

    /** Runs whose ids are derived from names can be made twice at once; the one that comes second finds the other. */
    private void save(Connection current, List<Run> fresh, List<Run> known, boolean commits) throws SQLException {
        try {
            dialect.writing().save(current, fresh, known, commits);
        } catch (SQLException e) {
            if (!fresh.isEmpty() && UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new StaleRunException(fresh.get(0).id(), 0);
            }
            throw e;
        }
    }

    @Override
    public Map<RunId, RunRequest> requests(Collection<RunId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : connection.call("read requests", current -> RunReading.requests(current, ids));
    }

    @Override
    public Map<String, Payload> outputs(RunId run, Collection<String> stepIds) {
        return stepIds.isEmpty()
                ? Map.of()
                : connection.call("read outputs", current -> RunReading.outputs(current, run, stepIds));
    }

    @Override
    public Map<String, Payload> outputs(RunId run) {
        return connection.call("read outputs", current -> RunReading.outputs(current, run));
    }

    @Override
    public Set<StepKey> extendLeases(String owner, Instant until) {
        return connection.call("extend leases", current -> dialect.writing().extendLeases(current, owner, until));
    }
}
