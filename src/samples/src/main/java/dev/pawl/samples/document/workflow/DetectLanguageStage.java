package dev.pawl.samples.document.workflow;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.samples.document.DetectLanguage;
import dev.pawl.samples.document.Language;

/** Names the language of the text. */
final class DetectLanguageStage implements Stage<DocumentText, Language> {

    private final DetectLanguage detect;

    DetectLanguageStage(DetectLanguage detect) {
        this.detect = detect;
    }

    @Override
    public String id() {
        return "detect-language";
    }

    @Override
    public Language execute(StageContext context, DocumentText document) {
        return detect.detect(document.text());
    }
}
