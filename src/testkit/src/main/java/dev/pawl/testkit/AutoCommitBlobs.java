package dev.pawl.testkit;

import dev.pawl.engine.port.BlobStore;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Blobs in a transaction of their own where there is none, as when user code has just returned a large output. */
final class AutoCommitBlobs implements BlobStore {

    private final InMemoryDatabase database;

    AutoCommitBlobs(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void put(String key, String text) {
        committed(() -> {
            database.blobs().put(key, text);
            return true;
        });
    }

    @Override
    public Optional<String> get(String key) {
        return database.blobs().get(key);
    }

    @Override
    public boolean has(String key) {
        return database.blobs().has(key);
    }

    @Override
    public boolean delete(String key) {
        return committed(() -> database.blobs().delete(key));
    }

    @Override
    public List<String> list(String prefix) {
        return database.blobs().list(prefix);
    }

    private <T> T committed(Callable<T> change) {
        try {
            return database.inTransaction(change);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A blob store throws no checked exceptions", e);
        }
    }
}
