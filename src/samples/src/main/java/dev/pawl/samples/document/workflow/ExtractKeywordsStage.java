package dev.pawl.samples.document.workflow;

import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.StageContext;
import dev.pawl.samples.document.DetectLanguage;
import dev.pawl.samples.document.ExtractKeywords;
import dev.pawl.samples.document.workflow.Analysis.Keywords;

/** Finds the key words; a run's config says how many. */
final class ExtractKeywordsStage implements ConfiguredStage<DocumentText, Keywords, ExtractKeywordsStage.Settings> {

    /** @param max key words wanted, 1 to 50 */
    record Settings(int max) {
        Settings {
            if (max < 1 || max > 50) {
                throw new IllegalArgumentException("max lies between 1 and 50, was " + max);
            }
        }
    }

    private final DetectLanguage detect;
    private final ExtractKeywords extract = new ExtractKeywords();

    ExtractKeywordsStage(DetectLanguage detect) {
        this.detect = detect;
    }

    @Override
    public String id() {
        return "extract-keywords";
    }

    @Override
    public Settings defaults() {
        return new Settings(8);
    }

    @Override
    public Keywords execute(StageContext context, DocumentText document, Settings settings) {
        return new Keywords(extract.extract(document.text(), detect.detect(document.text()), settings.max()));
    }
}
