package dev.pawl.engine.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * An artifact of a run as a store keeps it.
 *
 * @param blobKey where its bytes are; never used for other bytes
 * @param size in bytes
 * @param stepId of the stage that put it; empty when it came from outside
 * @param attempt of that stage; 0 when it came from outside
 */
public record StoredArtifact(
        RunId run,
        String key,
        String blobKey,
        String contentType,
        long size,
        String sha256,
        String stepId,
        int attempt,
        Instant createdAt) {

    private static final int LONGEST_KEY = 500;
    private static final int LONGEST_TYPE = 200;
    private static final Set<String> NO_SEGMENTS = Set.of("", ".", "..");

    /** @throws IllegalArgumentException when this cannot be the key of an artifact */
    public static String checkedKey(String key) {
        boolean plain = key.chars().noneMatch(next -> Character.isISOControl(next) || next == '\\')
                && StandardCharsets.UTF_8.newEncoder().canEncode(key);
        if (key.length() > LONGEST_KEY
                || !plain
                || Arrays.stream(key.split("/", -1)).anyMatch(NO_SEGMENTS::contains)) {
            throw new IllegalArgumentException("the key of an artifact has 1 to " + LONGEST_KEY
                    + " characters, none of them a control character or a backslash, in segments separated by '/' of"
                    + " which none is empty, '.' or '..'");
        }
        return key;
    }

    /** @throws IllegalArgumentException when this cannot stand in a Content-Type header */
    public static String checkedType(String contentType) {
        if (contentType.isBlank()
                || contentType.length() > LONGEST_TYPE
                || contentType.chars().anyMatch(next -> next < ' ' || next > '~')) {
            throw new IllegalArgumentException("a content type has 1 to " + LONGEST_TYPE
                    + " characters of ASCII, none of them a control character, such as 'text/plain'");
        }
        return contentType;
    }
}
