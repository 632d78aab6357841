package dev.pawl.acceptance.feature.parts.probe;

import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.OpenBlob;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps blobs of the type {@code application/x-shelf} itself, and leaves the others to the product. */
@Alternative
@Priority(1)
@ApplicationScoped
public class Shelf implements BlobStore {

    private static final String OWN = "application/x-shelf";

    private record Kept(BlobInfo info, byte[] bytes) {}

    @Inject
    @Named("pawl-blobs")
    BlobStore others;

    @Inject
    Clock clock;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Override
    public BlobInfo put(String key, String contentType, InputStream content) throws IOException {
        if (!contentType.equals(OWN)) {
            return others.put(key, contentType, content);
        }
        byte[] bytes = content.readAllBytes();
        BlobInfo info = new BlobInfo(key, UUID.randomUUID().toString(), contentType, bytes.length, clock.now());
        kept.put(key, new Kept(info, bytes));
        return info;
    }

    @Override
    public Optional<OpenBlob> open(String key) {
        Kept own = kept.get(key);
        return own == null
                ? others.open(key)
                : Optional.of(new OpenBlob(own.info(), new ByteArrayInputStream(own.bytes())));
    }

    @Override
    public Optional<BlobInfo> info(String key) {
        Kept own = kept.get(key);
        return own == null ? others.info(key) : Optional.of(own.info());
    }

    @Override
    public boolean delete(String key) {
        return kept.remove(key) != null || others.delete(key);
    }

    @Override
    public int deleteAll(String prefix, int max) {
        List<String> own =
                kept.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
        own.forEach(kept::remove);
        return own.size() + others.deleteAll(prefix, max);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return others.list(prefix, after, limit);
    }

    @Override
    public int sweep() {
        return others.sweep();
    }
}
