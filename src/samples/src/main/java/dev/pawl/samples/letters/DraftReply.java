package dev.pawl.samples.letters;

import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.samples.letters.ClassifyLetter.Sorted;
import java.util.Map;

/** Streams the answer, so that whoever looks at the run sees it grow. */
final class DraftReply implements Stage<Sorted, Draft> {

    private static final int USUAL_LENGTH = 1_000;

    private final String model;

    DraftReply(String model) {
        this.model = model;
    }

    @Override
    public Draft execute(StageContext context, Sorted sorted) {
        Classified classified = sorted.classified();
        AiPrompt prompt = AiPrompt.to(model, sorted.letter().text())
                .withSystem(
                        "You are the office " + classified.office() + " of a town hall. Draft a short, kind reply to "
                                + sorted.letter().from() + ".")
                .withMaxTokens(500)
                .withTopic("letters/draft");
        StringBuilder soFar = new StringBuilder();
        String reply = context.ai().stream(prompt, part -> {
                    soFar.append(part);
                    context.progress(
                            Math.min(1, (double) soFar.length() / USUAL_LENGTH),
                            "drafting",
                            Map.of("draft", soFar.toString()));
                })
                .value();
        return new Draft(classified.office(), classified.urgency(), reply);
    }
}
