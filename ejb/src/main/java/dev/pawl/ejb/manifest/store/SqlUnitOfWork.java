package dev.pawl.ejb.manifest.store;

import dev.pawl.ejb.store.sql.ApprovalRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.EntityRows;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.host.EventHistory;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.port.EventLog;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import dev.pawl.manifest.runtime.port.RateLimitStore;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One command's view of the database, in the transaction around it. A command that lost a race for a row locks the row when
 * it reads it again, so that it loses only once.
 */
public final class SqlUnitOfWork implements EntityUnitOfWork {

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final IdempotencyStore keys;
    private final EntityStore inMemory;
    private final Predicate<String> keptInMemory;
    private final Runnable recorded;
    private final Set<EntityKey> lostRaces = new HashSet<>();

    /**
     * A view of the database beside the instances in memory.
     *
     * @param keys the engine's own, which every kind of command shares
     * @param keptInMemory whether the instances of an entity are in memory alone
     * @param recorded called when there are events for the relay, before they are committed
     */
    public SqlUnitOfWork(
            CurrentConnection connection,
            Dialect dialect,
            dev.pawl.engine.port.IdempotencyStore keys,
            Clock clock,
            EntityStore inMemory,
            Predicate<String> keptInMemory,
            Runnable recorded) {
        this.connection = connection;
        this.dialect = dialect;
        this.keys = new CommandKeys(keys, clock);
        this.inMemory = inMemory;
        this.keptInMemory = keptInMemory;
        this.recorded = recorded;
    }

    @Override
    public EntityStore entities() {
        return new Instances();
    }

    @Override
    public IdempotencyStore idempotency() {
        return keys;
    }

    @Override
    public EventLog events() {
        return new Events();
    }

    @Override
    public RateLimitStore rateLimits() {
        return (key, limit, window, now) ->
                connection.call("take a request of the limit " + key, current -> dialect.entities()
                        .take(current, key, limit, window, now));
    }

    @Override
    public ApprovalStore approvals() {
        return new Approvals();
    }

    /** Databases take no NUL in a text, so nothing has such an id. */
    private static boolean canBeKept(String id) {
        return id.indexOf('\u0000') < 0;
    }

    private final class Approvals implements ApprovalStore {
        @Override
        public Optional<ApprovalRequest> open(ApprovalRequest.Subject subject) {
            return connection.call(
                    "look for an open approval of " + subject.instance(),
                    current -> ApprovalRows.open(current, subject));
        }

        @Override
        public Optional<ApprovalRequest> lock(String id) {
            if (!canBeKept(id)) {
                return Optional.empty();
            }
            return connection.call("lock the approval " + id, current -> ApprovalRows.lock(current, id));
        }

        @Override
        public Optional<ApprovalRequest> find(String id) {
            if (!canBeKept(id)) {
                return Optional.empty();
            }
            return connection.call("read the approval " + id, current -> ApprovalRows.find(current, id));
        }

        @Override
        public boolean insert(ApprovalRequest request) {
            return connection.call("ask for the approval " + request.id(), current -> dialect.entities()
                    .insert(current, request));
        }

        @Override
        public void update(ApprovalRequest request) {
            connection.call("change the approval " + request.id(), current -> {
                ApprovalRows.update(current, request);
                return request;
            });
        }

        @Override
        public List<ApprovalRequest> list(Wanted wanted) {
            return connection.call("list approvals", current -> ApprovalRows.list(current, wanted));
        }

        @Override
        public int removeClosed(Instant before, int most) {
            return connection.call(
                    "remove closed approvals", current -> ApprovalRows.removeClosed(current, dialect, before, most));
        }

        @Override
        public List<String> due(Instant now, int limit) {
            return connection.call(
                    "look for approvals whose time is over", current -> ApprovalRows.due(current, now, limit));
        }
    }

    private final class Instances implements EntityStore {
        @Override
        public Optional<StoredEntity> load(EntityKey key) {
            if (!canBeKept(key.id())) {
                return Optional.empty();
            }
            return keptInMemory.test(key.entity())
                    ? inMemory.load(key)
                    : connection.call("read " + key, current -> EntityRows.load(current, key, lostRaces.contains(key)));
        }

        @Override
        public boolean insert(StoredEntity entity) {
            return keptInMemory.test(entity.key().entity())
                    ? inMemory.insert(entity)
                    : connection.call("insert " + entity.key(), current -> dialect.entities()
                            .insert(current, entity));
        }

        @Override
        public boolean compareAndSet(StoredEntity next, long expectedVersion) {
            if (keptInMemory.test(next.key().entity())) {
                return inMemory.compareAndSet(next, expectedVersion);
            }
            boolean replaced = connection.call("replace " + next.key(), current -> dialect.entities()
                    .compareAndSet(current, next, expectedVersion));
            if (!replaced) {
                lostRaces.add(next.key());
            }
            return replaced;
        }

        @Override
        public List<StoredEntity> find(EntityQuery query) {
            return keptInMemory.test(query.entity())
                    ? inMemory.find(query)
                    : connection.call(
                            "find instances of " + query.entity(),
                            current -> EntityRows.find(current, dialect.entities(), query));
        }
    }

    private final class Events implements EventLog {
        @Override
        public void append(List<EntityEvent> events) {
            if (!events.isEmpty()) {
                connection.call("record " + events.size() + " events", current -> {
                    dialect.entities().append(current, events);
                    return events;
                });
                recorded.run();
            }
        }

        @Override
        public List<EntityEvent> byCorrelation(String tenant, String correlationId) {
            return new SqlEventHistory(connection)
                    .flow(tenant, correlationId).stream()
                            .map(EventHistory.Recorded::event)
                            .toList();
        }
    }
}
