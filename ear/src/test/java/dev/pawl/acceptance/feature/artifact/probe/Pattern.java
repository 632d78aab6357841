package dev.pawl.acceptance.feature.artifact.probe;

import java.io.InputStream;

/** Bytes without end to them but the one they are given, which nobody has in memory. */
public final class Pattern extends InputStream {

    private final long size;
    private long given;

    public Pattern(long size) {
        this.size = size;
    }

    @Override
    public int read() {
        return given == size ? -1 : at(given++) & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, size - given);
        for (int i = 0; i < count; i++) {
            target[offset + i] = at(given++);
        }
        return count == 0 ? -1 : count;
    }

    private static byte at(long place) {
        return (byte) (place * 31 + (place >>> 13));
    }
}
