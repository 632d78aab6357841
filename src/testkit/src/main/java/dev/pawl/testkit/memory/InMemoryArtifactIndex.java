package dev.pawl.testkit.memory;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.testkit.memory.Rows.ArtifactKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The artifacts of runs in memory. Outside a transaction every call is one of its own. */
final class InMemoryArtifactIndex implements ArtifactIndex {

    private final Transactions transactions;
    private final Rows rows;

    InMemoryArtifactIndex(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Optional<StoredArtifact> put(StoredArtifact artifact) {
        ArtifactKey key = new ArtifactKey(artifact.run(), artifact.key());
        return joining(() -> {
            if (rows.runs.get(artifact.run()).isEmpty()) {
                throw new RunMissingException(artifact.run());
            }
            transactions.lock(key);
            Optional<StoredArtifact> before = rows.artifacts.get(key);
            rows.artifacts.put(key, artifact);
            return before;
        });
    }

    @Override
    public Optional<StoredArtifact> find(RunId run, String key) {
        return rows.artifacts.get(new ArtifactKey(run, key));
    }

    @Override
    public List<StoredArtifact> list(RunId run, String prefix, String after, int limit) {
        return of(run).filter(artifact ->
                        artifact.key().startsWith(prefix) && artifact.key().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public long totalSize(RunId run) {
        return of(run).mapToLong(StoredArtifact::size).sum();
    }

    @Override
    public Optional<StoredArtifact> remove(RunId run, String key) {
        return joining(() -> {
            transactions.lock(new ArtifactKey(run, key));
            Optional<StoredArtifact> found = find(run, key);
            found.ifPresent(this::remove);
            return found;
        });
    }

    @Override
    public List<StoredArtifact> removeOf(RunId run, Collection<String> stepIds) {
        return joining(() -> {
            List<StoredArtifact> found = of(run).filter(artifact -> stepIds.contains(artifact.stepId()))
                    .toList();
            found.forEach(this::remove);
            return found;
        });
    }

    private void remove(StoredArtifact artifact) {
        rows.artifacts.remove(new ArtifactKey(artifact.run(), artifact.key()));
    }

    private Stream<StoredArtifact> of(RunId run) {
        return rows.artifacts.rowsBetween(new ArtifactKey(run, ""), new ArtifactKey(run, "\uffff")).values().stream();
    }

    private <T> T joining(Supplier<T> change) {
        try {
            return transactions.inTransaction(change::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("An index throws no checked exceptions", e);
        }
    }
}
