package dev.pawl.samples.document.workflow;

import org.jspecify.annotations.Nullable;

/** The document to process: either where it is found, or its text. */
public record DocumentRequest(
        @Nullable String url, @Nullable String text) {
    private static final int LONGEST_URL = 2_000;

    public DocumentRequest {
        if ((url == null) == (text == null)) {
            throw new IllegalArgumentException("exactly one of url and text is expected");
        }
        if (url != null && (url.isBlank() || url.length() > LONGEST_URL)) {
            throw new IllegalArgumentException("url has 1 to " + LONGEST_URL + " characters and is not blank");
        }
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException("text must not be blank");
        }
    }
}
