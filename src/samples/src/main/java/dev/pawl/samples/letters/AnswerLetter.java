package dev.pawl.samples.letters;

import dev.pawl.api.Pipeline;

/** Finds the office a letter is for, and drafts the office's reply. */
public final class AnswerLetter {

    private AnswerLetter() {}

    /** @param model what the operator calls the model */
    public static Pipeline<Letter, Draft> pipeline(String model) {
        return Pipeline.named("answer-letter", Letter.class)
                .describedAs("Classifies a letter with an AI model and drafts a reply")
                .then(new ClassifyLetter(model))
                .then(new DraftReply(model))
                .build();
    }
}
