package dev.pawl.manifest.runtime.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.EntityStore;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by tenant and entity, sorted by id. */
final class InMemoryEntityStore implements EntityStore {
    private final Map<Table, NavigableMap<String, StoredEntity>> tables = new HashMap<>();
    private final UndoLog undo;

    InMemoryEntityStore(UndoLog undo) {
        this.undo = undo;
    }

    @Override
    public Optional<StoredEntity> load(EntityKey key) {
        return Optional.ofNullable(table(key.tenant(), key.entity()).get(key.id()));
    }

    @Override
    public boolean insert(StoredEntity entity) {
        NavigableMap<String, StoredEntity> table =
                table(entity.key().tenant(), entity.key().entity());
        if (table.putIfAbsent(entity.key().id(), entity) != null) {
            return false;
        }
        undo.add(() -> table.remove(entity.key().id()));
        return true;
    }

    @Override
    public boolean compareAndSet(StoredEntity next, long expectedVersion) {
        NavigableMap<String, StoredEntity> table =
                table(next.key().tenant(), next.key().entity());
        StoredEntity current = table.get(next.key().id());
        if (current == null || current.version() != expectedVersion) {
            return false;
        }
        table.put(next.key().id(), next);
        undo.add(() -> table.put(next.key().id(), current));
        return true;
    }

    @Override
    public List<StoredEntity> find(EntityQuery query) {
        NavigableMap<String, StoredEntity> table = table(query.tenant(), query.entity());
        List<StoredEntity> found = new ArrayList<>();
        for (StoredEntity row : (query.after() == null ? table : table.tailMap(query.after(), false)).values()) {
            if (matches(row, query.equal())) {
                found.add(row);
                if (found.size() == query.limit()) {
                    break;
                }
            }
        }
        return found;
    }

    private NavigableMap<String, StoredEntity> table(String tenant, String entity) {
        return tables.computeIfAbsent(new Table(tenant, entity), none -> new TreeMap<>());
    }

    private static boolean matches(StoredEntity row, Map<String, JsonNode> equal) {
        for (Map.Entry<String, JsonNode> condition : equal.entrySet()) {
            if (!isEqual(row.properties().get(condition.getKey()), condition.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(@Nullable JsonNode stored, JsonNode wanted) {
        if (stored == null || stored.isNull()) {
            return wanted.isNull() || wanted.isMissingNode();
        }
        return stored.isNumber() && wanted.isNumber()
                ? stored.doubleValue() == wanted.doubleValue()
                : stored.equals(wanted);
    }

    private record Table(String tenant, String entity) {}
}
