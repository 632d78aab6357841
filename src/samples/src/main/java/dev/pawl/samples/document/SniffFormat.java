package dev.pawl.samples.document;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out what a document is from what its server said and from its first bytes, after the rules of the WHATWG for the
 * few kinds that matter here.
 */
final class SniffFormat {

    /** PDF readers accept the mark anywhere in the first 1,024 bytes. */
    private static final int HEAD = 1_024;

    private SniffFormat() {}

    /** @throws DocumentRefused when it is none of the known formats */
    static DocumentFormat of(byte[] body, ContentType type) {
        String head = new String(body, 0, Math.min(HEAD, body.length), StandardCharsets.ISO_8859_1);
        Optional<DocumentFormat> declared = DocumentFormat.declaredBy(type);
        if (head.startsWith("%PDF-") || (declared.isEmpty() && head.contains("%PDF-"))) {
            return DocumentFormat.PDF;
        }
        DocumentFormat format =
                declared.orElseGet(() -> looksLikeHtml(head) ? DocumentFormat.HTML : DocumentFormat.PLAIN_TEXT);
        if (format != DocumentFormat.PDF && isBinary(head, type)) {
            throw new DocumentRefused(
                    DocumentRefused.Reason.MEDIA_TYPE,
                    "The document holds binary data; only HTML, PDF and plain text can be processed");
        }
        return format;
    }

    private static boolean looksLikeHtml(String head) {
        String start = head.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html")
                || start.startsWith("<html")
                || start.startsWith("<head")
                || start.startsWith("<body")
                || start.startsWith("<!--") && start.contains("<html");
    }

    /** Bytes that no text holds; zeros and the like are text only in UTF-16 and UTF-32, marked or declared. */
    private static boolean isBinary(String head, ContentType type) {
        boolean wide = type.charset() != null && type.charset().name().matches("UTF-(16|32).*");
        if (wide || head.startsWith("\u00fe\u00ff") || head.startsWith("\u00ff\u00fe")) {
            return false;
        }
        return head.chars()
                .anyMatch(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != 0x0b);
    }
}
