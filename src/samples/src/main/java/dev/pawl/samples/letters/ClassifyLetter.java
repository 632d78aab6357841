package dev.pawl.samples.letters;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.ai.AiPrompt;

/** Asks for an object: an answer that does not fit its type is sent back once, then the stage's retries follow. */
final class ClassifyLetter implements Stage<Letter, ClassifyLetter.Sorted> {

    static final String HOW = "You sort letters to a town hall.";

    /** The letter with its classification. */
    record Sorted(Letter letter, Classified classified) {}

    private final String model;

    ClassifyLetter(String model) {
        this.model = model;
    }

    @Override
    public Sorted execute(StageContext context, Letter letter) {
        AiPrompt prompt = AiPrompt.to(model, letter.text())
                .withSystem(HOW)
                .withTemperature(0)
                .withTopic("letters/classify");
        return new Sorted(letter, context.ai().object(prompt, Classified.class).value());
    }
}
