package dev.pawl.ejb.store.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityQuery;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads instances, the same way in every database. */
public final class EntityRows {

    private static final String LOAD =
            "select version, properties from pawl_instance where tenant = ? and entity = ? and id = ?";

    private static final int AT_ONCE = 500;

    private EntityRows() {}

    /** @param lock whether nobody else may change the row until this transaction ends */
    public static Optional<StoredEntity> load(Connection connection, EntityKey key, boolean lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(lock ? LOAD + " for update" : LOAD)) {
            Parameters.of(statement).text(key.tenant()).text(key.entity()).text(key.id());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(row(key, new Row(result))) : Optional.empty();
            }
        }
    }

    /** What the query asks for, read in parts. */
    public static List<StoredEntity> find(Connection connection, EntityWriting database, EntityQuery query)
            throws SQLException {
        List<StoredEntity> found = new ArrayList<>();
        int part = Math.min(query.limit(), AT_ONCE);
        String after = query.after();
        while (true) {
            List<StoredEntity> candidates = database.candidates(connection, query.page(after, part));
            for (StoredEntity candidate : candidates) {
                if (Facets.match(candidate.properties(), query.equal())) {
                    found.add(candidate);
                    if (found.size() == query.limit()) {
                        return found;
                    }
                }
            }
            if (candidates.size() < part) {
                return found;
            }
            after = candidates.get(part - 1).key().id();
        }
    }

    static StoredEntity row(EntityKey key, Row row) throws SQLException {
        return new StoredEntity(key, row.number(), (ObjectNode) JsonCodec.parse(row.text()));
    }

    /** Rows of {@code id, version, properties}. */
    static List<StoredEntity> rows(PreparedStatement statement, EntityQuery query) throws SQLException {
        return Row.list(statement, row -> row(new EntityKey(query.tenant(), query.entity(), row.text()), row));
    }
}
