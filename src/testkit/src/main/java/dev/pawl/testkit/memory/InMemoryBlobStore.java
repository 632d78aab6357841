package dev.pawl.testkit.memory;

import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.OpenBlob;
import dev.pawl.testkit.memory.Rows.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Blobs in memory. Outside a transaction every call is one of its own. */
final class InMemoryBlobStore implements BlobStore {

    private final Transactions transactions;
    private final Rows rows;
    private final Clock clock;
    private final AtomicLong puts = new AtomicLong();

    InMemoryBlobStore(Transactions transactions, Rows rows, Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public BlobInfo put(String key, String contentType, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        BlobInfo info = new BlobInfo(
                BlobStore.checkedKey(key),
                String.valueOf(puts.incrementAndGet()),
                contentType,
                bytes.length,
                clock.now());
        return joining(() -> {
            rows.blobs.put(key, new StoredBlob(info, bytes));
            return info;
        });
    }

    @Override
    public Optional<OpenBlob> open(String key) {
        return rows.blobs.get(key).map(blob -> new OpenBlob(blob.info(), new ByteArrayInputStream(blob.bytes())));
    }

    @Override
    public Optional<BlobInfo> info(String key) {
        return rows.blobs.get(key).map(StoredBlob::info);
    }

    @Override
    public boolean delete(String key) {
        return joining(() -> {
            boolean there = has(key);
            rows.blobs.remove(key);
            return there;
        });
    }

    @Override
    public int deleteAll(String prefix, int max) {
        return joining(() -> {
            List<String> keys = list(prefix, "", max);
            keys.forEach(rows.blobs::remove);
            return keys.size();
        });
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return rows.blobs.rows().keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    private <T> T joining(Supplier<T> change) {
        try {
            return transactions.inTransaction(change::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A blob store throws no checked exceptions here", e);
        }
    }
}
