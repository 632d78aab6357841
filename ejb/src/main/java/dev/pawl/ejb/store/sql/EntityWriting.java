package dev.pawl.ejb.store.sql;

import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The statements of entity commands that differ between databases. */
public interface EntityWriting {

    /** False when there is a row with this key already. */
    boolean insert(Connection connection, StoredEntity entity) throws SQLException;

    /** False when the row has another version than the expected one, or is gone. */
    boolean compareAndSet(Connection connection, StoredEntity next, long expectedVersion) throws SQLException;

    /** Rows in the order of their ids, every one the query asks for among them; some others may be too. */
    List<StoredEntity> candidates(Connection connection, EntityQuery query) throws SQLException;

    /** Numbers the events within their streams, records them and puts them into the outbox. */
    void append(Connection connection, List<EntityEvent> events) throws SQLException;

    /** Takes one request of a limit in a sliding window; answers how long to wait when there is none left. */
    Optional<Duration> take(Connection connection, String key, int limit, Duration window, Instant now)
            throws SQLException;

    /** False when there is an open request of the same subject. */
    boolean insert(Connection connection, ApprovalRequest request) throws SQLException;
}
