package dev.pawl.engine.work;

import dev.pawl.api.NonRetryableException;

/** An artifact has more bytes than this server keeps. */
public final class ArtifactTooLargeException extends NonRetryableException {
    private static final long serialVersionUID = 1L;

    public ArtifactTooLargeException(String key, long largest) {
        super(
                "ARTIFACT_TOO_LARGE",
                "The artifact '" + key + "' is larger than " + largest
                        + " bytes, the limit set by pawl.artifact.max-bytes");
    }
}
