package dev.pawl.engine.port;

import java.io.IOException;
import java.io.InputStream;

/**
 * A blob being read.
 *
 * @param content gives exactly as many bytes as {@code info} tells, or fails
 */
public record OpenBlob(BlobInfo info, InputStream content) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
