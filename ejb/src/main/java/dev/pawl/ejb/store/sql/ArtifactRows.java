package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex.RunMissingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The artifacts of runs, the same way in every database. */
public final class ArtifactRows {

    private static final String SELECT = "select run_id, artifact_key, blob_key, content_type, size_bytes, sha256,"
            + " step_id, attempt, created_at from pawl_artifact where run_id = ?";

    private static final String ONE = " and artifact_key = ?";

    private static final String INSERT = "insert into pawl_artifact (blob_key, content_type, size_bytes, sha256,"
            + " step_id, attempt, created_at, run_id, artifact_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String UPDATE = "update pawl_artifact set blob_key = ?, content_type = ?, size_bytes = ?,"
            + " sha256 = ?, step_id = ?, attempt = ?, created_at = ? where run_id = ? and artifact_key = ?";

    private static final String DELETE = "delete from pawl_artifact where run_id = ? and artifact_key = ?";

    private static final String SIZE = "select coalesce(sum(size_bytes), 0) from pawl_artifact where run_id = ?";

    private static final String RUN = "select 1 from pawl_run where id = ?";

    private static final String IN_ORDER = " order by artifact_key fetch first ? rows only";

    private ArtifactRows() {}

    /** Puts a row in the place of the one with its key, and answers that. */
    public static Optional<StoredArtifact> put(Connection connection, Dialect dialect, StoredArtifact artifact)
            throws SQLException {
        checkRun(connection, artifact.run());
        while (true) {
            Optional<StoredArtifact> before = lock(connection, artifact.run(), artifact.key());
            if (before.isPresent()) {
                try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                    bind(Parameters.of(statement), artifact);
                    statement.executeUpdate();
                }
                return before;
            }
            // somebody else may have put the same key since
            if (dialect.insertNew(connection, INSERT, to -> bind(to, artifact))) {
                return Optional.empty();
            }
        }
    }

    private static void checkRun(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RUN)) {
            Parameters.of(statement).text(run.value());
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new RunMissingException(run);
                }
            }
        }
    }

    private static void bind(Parameters to, StoredArtifact artifact) throws SQLException {
        to.text(artifact.blobKey())
                .text(artifact.contentType())
                .number(artifact.size())
                .text(artifact.sha256())
                .text(artifact.stepId())
                .number(artifact.attempt())
                .time(artifact.createdAt())
                .text(artifact.run().value())
                .text(artifact.key());
    }

    public static Optional<StoredArtifact> find(Connection connection, RunId run, String key) throws SQLException {
        return one(connection, SELECT + ONE, run, key);
    }

    private static Optional<StoredArtifact> lock(Connection connection, RunId run, String key) throws SQLException {
        return one(connection, SELECT + ONE + " for update", run, key);
    }

    private static Optional<StoredArtifact> one(Connection connection, String sql, RunId run, String key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(run.value()).text(key);
            return read(statement).stream().findFirst();
        }
    }

    /** Those with a prefix, after another one, in order. */
    public static List<StoredArtifact> list(Connection connection, RunId run, String prefix, String after, int limit)
            throws SQLException {
        KeyPrefix keys = new KeyPrefix("artifact_key", prefix);
        String sql = SELECT + " and artifact_key > ?" + keys.condition() + IN_ORDER;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(Parameters.of(statement).text(run.value()).text(after)).number(limit);
            return read(statement);
        }
    }

    public static long size(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            Parameters.of(statement).text(run.value());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    public static Optional<StoredArtifact> remove(Connection connection, RunId run, String key) throws SQLException {
        Optional<StoredArtifact> found = lock(connection, run, key);
        if (found.isPresent()) {
            delete(connection, List.of(found.get()));
        }
        return found;
    }

    /** Takes away what these steps put. */
    public static List<StoredArtifact> removeOf(Connection connection, RunId run, Collection<String> stepIds)
            throws SQLException {
        List<StoredArtifact> removed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " for update")) {
            Parameters.of(statement).text(run.value());
            read(statement).stream()
                    .filter(artifact -> stepIds.contains(artifact.stepId()))
                    .forEach(removed::add);
        }
        delete(connection, removed);
        return removed;
    }

    private static void delete(Connection connection, List<StoredArtifact> artifacts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            for (StoredArtifact artifact : artifacts) {
                Parameters.of(statement).text(artifact.run().value()).text(artifact.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<StoredArtifact> read(PreparedStatement statement) throws SQLException {
        return Row.list(
                statement,
                row -> new StoredArtifact(
                        new RunId(row.text()),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.number(),
                        row.text(),
                        row.text(),
                        row.integer(),
                        row.time()));
    }
}
