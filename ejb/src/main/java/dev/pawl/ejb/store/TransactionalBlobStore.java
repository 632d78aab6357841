package dev.pawl.ejb.store;

import dev.pawl.engine.port.BlobStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Joins the transaction around the call; for workers, who call outside any, each call is one of its own. */
@ApplicationScoped
@Transactional
public class TransactionalBlobStore implements BlobStore {

    @Inject
    private JpaBlobStore blobs;

    @Override
    public void put(String key, String text) {
        blobs.put(key, text);
    }

    @Override
    public Optional<String> get(String key) {
        return blobs.get(key);
    }

    @Override
    public boolean has(String key) {
        return blobs.has(key);
    }

    @Override
    public boolean delete(String key) {
        return blobs.delete(key);
    }

    @Override
    public List<String> list(String prefix) {
        return blobs.list(prefix);
    }
}
