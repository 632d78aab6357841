package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.ArtifactRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.CurrentConnection.SqlWork;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The artifacts of runs in the database. */
public final class SqlArtifactIndex implements ArtifactIndex {

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final ShortTransaction transaction;

    public SqlArtifactIndex(CurrentConnection connection, Dialect dialect, ShortTransaction transaction) {
        this.connection = connection;
        this.dialect = dialect;
        this.transaction = transaction;
    }

    @Override
    public Optional<StoredArtifact> put(StoredArtifact artifact) {
        return call("put artifact " + artifact.key(), current -> ArtifactRows.put(current, dialect, artifact));
    }

    @Override
    public Optional<StoredArtifact> find(RunId run, String key) {
        return call("find artifact " + key, current -> ArtifactRows.find(current, run, key));
    }

    @Override
    public List<StoredArtifact> list(RunId run, String prefix, String after, int limit) {
        return call("list artifacts of run " + run, current -> ArtifactRows.list(current, run, prefix, after, limit));
    }

    @Override
    public long totalSize(RunId run) {
        return call("measure artifacts of run " + run, current -> ArtifactRows.size(current, run));
    }

    @Override
    public Optional<StoredArtifact> remove(RunId run, String key) {
        return call("remove artifact " + key, current -> ArtifactRows.remove(current, run, key));
    }

    @Override
    public List<StoredArtifact> removeOf(RunId run, Collection<String> stepIds) {
        return call("remove artifacts of run " + run, current -> ArtifactRows.removeOf(current, run, stepIds));
    }

    private <T> T call(String what, SqlWork<T> work) {
        return transaction.call(() -> connection.call(what, work));
    }
}
