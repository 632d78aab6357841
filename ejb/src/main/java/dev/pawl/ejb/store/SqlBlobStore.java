package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.BlobRows;
import dev.pawl.ejb.store.sql.BlobRows.Stored;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.CurrentConnection.SqlWork;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.OpenBlob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Blobs in the database, in rows of a chunk each. A stream is written and read chunk by chunk, each in a short transaction
 * unless there is one around the call; a put becomes visible with its last one.
 */
public final class SqlBlobStore implements BlobStore {

    /** Bytes of a row. */
    static final int CHUNK = 262_144;

    private static final int SWEPT_TOGETHER = 64;
    private static final int CONTENTS_PER_SWEEP = 100;

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final ShortTransaction transaction;
    private final Clock clock;
    private final Ids ids;
    private final Duration keepLoose;

    /** @param keepLoose how long what was replaced, deleted or left unfinished stays, for those who still read or write it */
    public SqlBlobStore(
            CurrentConnection connection,
            Dialect dialect,
            ShortTransaction transaction,
            Clock clock,
            Ids ids,
            Duration keepLoose) {
        this.connection = connection;
        this.dialect = dialect;
        this.transaction = transaction;
        this.clock = clock;
        this.ids = ids;
        this.keepLoose = keepLoose;
    }

    @Override
    public BlobInfo put(String key, String contentType, InputStream content) throws IOException {
        BlobStore.checkedKey(key);
        byte[] first = nextChunk(content);
        return first.length < CHUNK ? put(key, contentType, first) : stream(key, contentType, first, content);
    }

    @Override
    public BlobInfo put(String key, String contentType, byte[] content) {
        BlobStore.checkedKey(key);
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < content.length; from += CHUNK) {
            chunks.add(
                    from == 0 && content.length <= CHUNK
                            ? content
                            : Arrays.copyOfRange(content, from, Math.min(from + CHUNK, content.length)));
        }
        BlobInfo info = new BlobInfo(key, ids.next(), contentType, content.length, clock.now());
        call("put the blob " + key, current -> {
            BlobRows.insertChunks(current, info.version(), 0, chunks);
            BlobRows.turn(current, dialect, info, chunks.size());
            return info;
        });
        return info;
    }

    private BlobInfo stream(String key, String contentType, byte[] first, InputStream content) throws IOException {
        String contentId = ids.next();
        try {
            long size = 0;
            int chunks = 0;
            for (byte[] chunk = first; chunk.length > 0; chunk = nextChunk(content)) {
                append(contentId, chunks, chunk);
                chunks++;
                size += chunk.length;
            }
            BlobInfo info = new BlobInfo(key, contentId, contentType, size, clock.now());
            finish(info, chunks);
            return info;
        } catch (IOException | RuntimeException e) {
            giveUp(contentId, e);
            throw e;
        }
    }

    private static byte[] nextChunk(InputStream content) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int length = content.readNBytes(chunk, 0, CHUNK);
        return length == CHUNK ? chunk : Arrays.copyOf(chunk, length);
    }

    private void append(String contentId, int number, byte[] chunk) {
        call("put a chunk of " + contentId, current -> {
            Instant now = clock.now();
            if (number == 0) {
                BlobRows.loosen(current, contentId, now);
            } else {
                checkNotSwept(BlobRows.touch(current, contentId, now), contentId);
            }
            BlobRows.insertChunks(current, contentId, number, List.of(chunk));
            return number;
        });
    }

    private void finish(BlobInfo info, int chunks) {
        call("put the blob " + info.key(), current -> {
            checkNotSwept(BlobRows.fasten(current, info.version()), info.version());
            BlobRows.turn(current, dialect, info, chunks);
            return info;
        });
    }

    private void checkNotSwept(boolean isThere, String contentId) {
        if (!isThere) {
            throw new IllegalStateException(
                    "The content " + contentId + " stood still for more than " + keepLoose + " and was given up");
        }
    }

    private void giveUp(String contentId, Exception why) {
        try {
            drop(contentId);
        } catch (RuntimeException e) {
            // it is swept later
            why.addSuppressed(e);
        }
    }

    @Override
    public Optional<OpenBlob> open(String key) {
        return call("open the blob " + key, current -> BlobRows.first(current, key))
                .map(stored -> new OpenBlob(stored.info(), new ChunkedContent(stored, this::chunk)));
    }

    private Optional<byte[]> chunk(String contentId, int number) {
        return call("read chunk " + number + " of " + contentId, current -> BlobRows.chunk(current, contentId, number));
    }

    @Override
    public Optional<BlobInfo> info(String key) {
        return call("look for the blob " + key, current -> BlobRows.info(current, key))
                .map(Stored::info);
    }

    @Override
    public boolean delete(String key) {
        return call("delete the blob " + key, current -> BlobRows.delete(current, List.of(key), clock.now())) > 0;
    }

    @Override
    public int deleteAll(String prefix, int max) {
        return call("delete blobs below " + prefix, current -> {
            List<String> keys = BlobRows.keys(current, prefix, "", max);
            BlobRows.delete(current, keys, clock.now());
            return keys.size();
        });
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return call("list the blobs below " + prefix, current -> BlobRows.keys(current, prefix, after, limit));
    }

    @Override
    public int sweep() {
        Instant before = clock.now().minus(keepLoose);
        List<String> contents =
                call("look for loose blobs", current -> BlobRows.looseBefore(current, before, CONTENTS_PER_SWEEP));
        int swept = 0;
        for (String contentId : contents) {
            if (call("doom " + contentId, current -> BlobRows.doom(current, contentId, before))) {
                drop(contentId);
                swept++;
            }
        }
        return swept;
    }

    /** Few rows at a time, and last of all what tells that there may be more. */
    private void drop(String contentId) {
        OptionalInt last = call("look for chunks of " + contentId, current -> BlobRows.lastChunk(current, contentId));
        for (int from = 0; from <= last.orElse(-1); from += SWEPT_TOGETHER) {
            int begin = from;
            call("delete chunks of " + contentId, current -> {
                BlobRows.deleteChunks(current, contentId, begin, begin + SWEPT_TOGETHER);
                return begin;
            });
        }
        call("forget " + contentId, current -> {
            BlobRows.forget(current, contentId);
            return contentId;
        });
    }

    private <T> T call(String what, SqlWork<T> work) {
        return transaction.call(() -> connection.call(what, work));
    }
}
