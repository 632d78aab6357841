package dev.pawl.testkit.memory;

import dev.pawl.engine.port.BlobStore;
import java.util.List;
import java.util.Optional;

/** Blobs in memory. */
final class InMemoryBlobStore implements BlobStore {

    private final Rows rows;

    InMemoryBlobStore(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void put(String key, String text) {
        rows.blobs.put(key, text);
    }

    @Override
    public Optional<String> get(String key) {
        return rows.blobs.get(key);
    }

    @Override
    public boolean has(String key) {
        return rows.blobs.get(key).isPresent();
    }

    @Override
    public boolean delete(String key) {
        boolean there = has(key);
        rows.blobs.remove(key);
        return there;
    }

    @Override
    public List<String> list(String prefix) {
        return rows.blobs.rows().keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .toList();
    }
}
