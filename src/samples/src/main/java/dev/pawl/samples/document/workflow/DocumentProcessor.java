package dev.pawl.samples.document.workflow;

import dev.pawl.api.Pipeline;
import dev.pawl.samples.document.DetectLanguage;
import dev.pawl.samples.document.FetchOptions;

/**
 * Fetches a document or takes its text as given, extracts the text, finds out three things about it side by side, and
 * writes a summary.
 */
public final class DocumentProcessor {

    private DocumentProcessor() {}

    public static Pipeline<DocumentRequest, DocumentReport> pipeline(FetchOptions fetch) {
        DetectLanguage detect = new DetectLanguage();
        return Pipeline.named("document-processor", DocumentRequest.class)
                .describedAs("Names a document's language, key words and readability, and sums it up")
                .then(new ExtractTextStage(fetch))
                .parallel(
                        new DetectLanguageStage(detect),
                        new ExtractKeywordsStage(detect),
                        new ScoreReadabilityStage(detect),
                        Analysis::new)
                .then(new SummarizeStage())
                .build();
    }
}
