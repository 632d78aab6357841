package dev.pawl.manifest.host;

import java.time.Instant;

/**
 * One version of a program as it is kept.
 *
 * @param version counts from 1 for each name
 * @param sourceHash SHA-256 of the text
 * @param deployedBy who deployed it
 */
public record StoredProgram(
        ProgramSource source, int version, String sourceHash, Origin origin, String deployedBy, Instant deployedAt) {

    /** How a version came. */
    public enum Origin {
        /** With the application. */
        APPLICATION,
        /** Sent to a running server. */
        REQUEST
    }

    /** Whether this is the same text in the same grammar. */
    boolean isOf(ProgramSource other, String otherHash) {
        return sourceHash.equals(otherHash) && source.grammar() == other.grammar();
    }
}
