package dev.pawl.samples.document.workflow;

import dev.pawl.samples.document.Readability;
import java.util.List;

/**
 * What the pipeline says of a document.
 *
 * @param language ISO 639-1 code, {@code und} when it could not be told
 * @param words how many words the text has
 * @param keywords most telling first
 * @param summary sentences of the document itself
 */
public record DocumentReport(
        String language, int words, Readability readability, List<String> keywords, String summary) {
    public DocumentReport {
        keywords = List.copyOf(keywords);
    }
}
