package dev.pawl.engine.work;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes on their way to a store: counted up to a limit, and hashed. */
final class MeasuredContent extends CountedInput {

    private final MessageDigest digest;
    private final String key;
    private final long largest;

    MeasuredContent(InputStream content, String key, long largest) {
        this(content, sha256Digest(), key, largest);
    }

    private MeasuredContent(InputStream content, MessageDigest digest, String key, long largest) {
        super(new DigestInputStream(content, digest), largest);
        this.digest = digest;
        this.key = key;
        this.largest = largest;
    }

    /** Of everything read so far; asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    protected RuntimeException tooMany() {
        return new ArtifactTooLargeException(key, largest);
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
