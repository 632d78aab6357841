package dev.pawl.samples.document.workflow;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.samples.document.DetectLanguage;
import dev.pawl.samples.document.Readability;
import dev.pawl.samples.document.ScoreReadability;

/** Scores how hard the text is to read. */
final class ScoreReadabilityStage implements Stage<DocumentText, Readability> {

    private final DetectLanguage detect;
    private final ScoreReadability score = new ScoreReadability();

    ScoreReadabilityStage(DetectLanguage detect) {
        this.detect = detect;
    }

    @Override
    public String id() {
        return "score-readability";
    }

    @Override
    public Readability execute(StageContext context, DocumentText document) {
        return score.score(document.text(), detect.detect(document.text()));
    }
}
