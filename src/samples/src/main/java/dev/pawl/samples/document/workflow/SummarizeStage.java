package dev.pawl.samples.document.workflow;

import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.StageContext;
import dev.pawl.samples.document.Keyword;
import dev.pawl.samples.document.Summarize;
import java.util.Set;

/** Writes the summary and puts the report together; a run's config says how many sentences. */
final class SummarizeStage implements ConfiguredStage<Analysis, DocumentReport, SummarizeStage.Settings> {

    /** @param sentences wanted in the summary, 1 to 20 */
    record Settings(int sentences) {
        Settings {
            if (sentences < 1 || sentences > 20) {
                throw new IllegalArgumentException("sentences lies between 1 and 20, was " + sentences);
            }
        }
    }

    private final Summarize summarize = new Summarize();

    @Override
    public String id() {
        return "summarize";
    }

    @Override
    public Set<String> dependsOn() {
        return Set.of(ExtractTextStage.ID);
    }

    @Override
    public Settings defaults() {
        return new Settings(3);
    }

    @Override
    public DocumentReport execute(StageContext context, Analysis analysis, Settings settings) {
        String text = context.require(ExtractTextStage.ID, DocumentText.class).text();
        context.metric("characters", text.length());
        return new DocumentReport(
                analysis.language().code(),
                analysis.readability().words(),
                analysis.readability(),
                analysis.keywords().found().stream().map(Keyword::phrase).toList(),
                summarize.summarize(text, analysis.language(), settings.sentences()));
    }
}
