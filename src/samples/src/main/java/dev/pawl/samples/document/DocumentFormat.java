package dev.pawl.samples.document;

import java.util.Optional;

/** The kinds of document whose text can be taken out. */
public enum DocumentFormat {
    HTML("text/html"),
    PDF("application/pdf"),
    PLAIN_TEXT("text/plain");

    private final String mediaType;

    DocumentFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * What a server says the document is. Empty where it says nothing of use, so that the bytes must tell.
     *
     * @throws DocumentRefused when it says that the document is something else altogether, such as an image
     */
    static Optional<DocumentFormat> declaredBy(ContentType type) {
        return switch (type.essence()) {
            case "", "application/octet-stream", "binary/octet-stream", "unknown/unknown" -> Optional.empty();
            case "text/html", "application/xhtml+xml" -> Optional.of(HTML);
            case "application/pdf", "application/x-pdf" -> Optional.of(PDF);
            default -> {
                if (type.essence().startsWith("text/")) {
                    yield Optional.of(PLAIN_TEXT);
                }
                throw new DocumentRefused(
                        DocumentRefused.Reason.MEDIA_TYPE,
                        "The document is " + type.essence() + "; only HTML, PDF and plain text can be processed");
            }
        };
    }
}
