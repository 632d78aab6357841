package dev.pawl.engine.work;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes on their way to a store: counted up to a limit, and hashed. */
final class MeasuredContent extends FilterInputStream {

    private final MessageDigest digest;
    private final String key;
    private final long largest;
    private long seen;

    MeasuredContent(InputStream content, String key, long largest) {
        this(content, sha256Digest(), key, largest);
    }

    private MeasuredContent(InputStream content, MessageDigest digest, String key, long largest) {
        super(new DigestInputStream(content, digest));
        this.digest = digest;
        this.key = key;
        this.largest = largest;
    }

    /** Of everything read so far; asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

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

    /** What is skipped would not be hashed, so it is read. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8_192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) {
        seen += more;
        if (seen > largest) {
            throw new ArtifactTooLargeException(key, largest);
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
