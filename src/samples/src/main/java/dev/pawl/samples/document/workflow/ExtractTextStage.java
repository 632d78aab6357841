package dev.pawl.samples.document.workflow;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.samples.document.DocumentRefused;
import dev.pawl.samples.document.ExtractLimits;
import dev.pawl.samples.document.ExtractText;
import dev.pawl.samples.document.ExtractedText;
import dev.pawl.samples.document.FetchDocument;
import dev.pawl.samples.document.FetchOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Fetches the document, unless its text came along, and takes the text out. What may pass later is tried again. */
final class ExtractTextStage implements Stage<DocumentRequest, DocumentText> {

    static final String ID = "extract-text";

    private final FetchDocument fetch;
    private final ExtractText extract = new ExtractText(ExtractLimits.defaults());

    ExtractTextStage(FetchOptions options) {
        this.fetch = new FetchDocument(options);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public StageOptions options() {
        return StageOptions.retry(Retry.exponential(4, Duration.ofSeconds(2)).withJitter(0.2));
    }

    @Override
    public DocumentText execute(StageContext context, DocumentRequest request) throws IOException {
        try {
            ExtractedText extracted = request.text() != null
                    ? extract.extractInline(request.text())
                    : extract.extract(fetch.fetch(String.valueOf(request.url())));
            context.log()
                    .info(
                            "Text extracted",
                            Map.of(
                                    "characters", extracted.text().length(),
                                    "format", extracted.format().mediaType()));
            return new DocumentText(extracted.text(), extracted.format().mediaType());
        } catch (DocumentRefused e) {
            throw new NonRetryableException("DOCUMENT_" + e.reason(), String.valueOf(e.getMessage()), e);
        }
    }
}
