package dev.pawl.engine.work;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that are counted while they are read, and refused as soon as there are too many. What is skipped is read. */
public abstract class CountedInput extends FilterInputStream {

    private static final int SKIPPED_AT_ONCE = 8_192;

    private final long most;
    private long seen;

    protected CountedInput(InputStream content, long most) {
        super(content);
        this.most = most;
    }

    /** What the reader gets instead of the byte that is one too many. */
    protected abstract RuntimeException tooMany();

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, SKIPPED_AT_ONCE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) {
        seen += more;
        if (seen > most) {
            throw tooMany();
        }
    }
}
