package dev.pawl.manifest.runtime.port;

import java.util.List;
import java.util.Optional;

/** The instances. A row is replaced only by who has seen its last version. */
public interface EntityStore {
    Optional<StoredEntity> load(EntityKey key);

    /** Adds a new row; false, and nothing happens, when there is one with this key. */
    boolean insert(StoredEntity entity);

    /** Replaces the row if it has the expected version; false, and nothing happens, when it has another or is gone. */
    boolean compareAndSet(StoredEntity next, long expectedVersion);

    List<StoredEntity> find(EntityQuery query);
}
