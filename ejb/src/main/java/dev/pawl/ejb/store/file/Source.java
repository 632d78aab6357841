package dev.pawl.ejb.store.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Somebody's stream, which remembers that it failed, so that this is told apart from a file that cannot be written. */
final class Source extends FilterInputStream {

    private @Nullable IOException failure;

    Source(InputStream content) {
        super(content);
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
