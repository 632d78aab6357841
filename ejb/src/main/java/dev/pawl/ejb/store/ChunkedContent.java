package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.BlobRows.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A blob's content, of which one chunk at a time is in memory. */
final class ChunkedContent extends InputStream {

    /** Reads a chunk of a content. */
    interface Chunks {
        Optional<byte[]> read(String contentId, int number);
    }

    private final Stored blob;
    private final Chunks chunks;
    private byte[] current;
    private int next;
    private int position;

    ChunkedContent(Stored blob, Chunks chunks) {
        this.blob = blob;
        this.chunks = chunks;
        byte @Nullable [] first = blob.first();
        this.current = first == null ? new byte[0] : first;
        this.next = first == null ? 0 : 1;
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : current[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - position;
    }

    private boolean isAtEnd() throws IOException {
        while (position == current.length) {
            if (next == blob.chunks()) {
                return true;
            }
            String id = blob.info().version();
            int number = next;
            current = chunks.read(id, number)
                    .orElseThrow(() -> new IOException("Chunk " + number + " of the blob '"
                            + blob.info().key() + "' is gone: it was deleted or replaced long ago"));
            next++;
            position = 0;
        }
        return false;
    }
}
