package dev.pawl.samples.document;

import static dev.pawl.samples.document.DocumentRefused.Reason.NO_TEXT;
import static dev.pawl.samples.document.DocumentRefused.Reason.TOO_LARGE;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the text out of HTML, PDF and plain text.
 *
 * <p>What the document is follows from what its server said and from its first bytes: a PDF is known by its mark whatever
 * the server said, and the bytes decide alone where the server said nothing of use. A text is never cut short: one
 * beyond the limits is refused, since half a document gives a summary that is wrong without saying so.
 */
public final class ExtractText {

    /**
     * Controls and the halves of broken surrogate pairs, neither of which a database or a JSON reader need accept, and
     * the byte order mark.
     */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}\\uFEFF&&[^\\n\\t]]");

    private final ExtractLimits limits;

    public ExtractText(ExtractLimits limits) {
        this.limits = limits;
    }

    public ExtractedText extract(FetchedDocument document) {
        return extract(document.body(), document.contentType());
    }

    /**
     * @param contentType the {@code Content-Type} the server sent, if any
     * @throws DocumentRefused when it is of another kind, broken, encrypted, beyond the limits or without text
     */
    public ExtractedText extract(byte[] body, @Nullable String contentType) {
        ContentType type = ContentType.of(contentType);
        DocumentFormat format = SniffFormat.of(body, type);
        String raw =
                switch (format) {
                    case HTML -> HtmlText.of(body, type.charset());
                    case PDF -> PdfText.of(body, limits);
                    case PLAIN_TEXT -> PlainText.of(body, type.charset());
                };
        return clean(raw, format);
    }

    /** The same for a text that came with the request. */
    public ExtractedText extractInline(String text) {
        return clean(text, DocumentFormat.PLAIN_TEXT);
    }

    private ExtractedText clean(String raw, DocumentFormat format) {
        String text = NOT_TEXT.matcher(
                        raw.replace("\r\n", "\n").replace('\r', '\n').replace('\f', '\n'))
                .replaceAll("");
        text = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (text.isBlank()) {
            throw new DocumentRefused(
                    NO_TEXT, "The document holds no text; scanned pages would need recognition first");
        }
        if (text.length() > limits.maxCharacters()) {
            throw new DocumentRefused(
                    TOO_LARGE,
                    "The text of the document has more than " + limits.maxCharacters() + " characters, the limit");
        }
        return new ExtractedText(text, format);
    }
}
