package dev.pawl.samples.letters;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Poll;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.api.ai.AiBatch;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiBatchResult;
import dev.pawl.api.ai.AiPrompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands the letters to the provider, suspends the run, and asks every ten minutes; the batch itself is the state. */
final class ClassifyBacklog implements AsyncBatchStage<Backlog, ClassifyBacklog.Piles, AiBatch> {

    /** Ids of letters, {@code letter-0} the first, by office; with those that the model made nothing of. */
    public record Piles(Map<Classified.Office, List<String>> byOffice, List<String> unsorted) {}

    private final String model;

    ClassifyBacklog(String model) {
        this.model = model;
    }

    @Override
    public Submission<Piles, AiBatch> execute(StageContext context, Backlog backlog, Optional<AiBatch> earlier) {
        AiBatch batch = earlier.orElseGet(() -> context.ai().submit(request(backlog)));
        return Submission.suspended(batch, Poll.every(Duration.ofMinutes(10)).forAtMost(Duration.ofHours(25)));
    }

    private AiBatchRequest request(Backlog backlog) {
        AiBatchRequest request =
                AiBatchRequest.of(model).withTopic("letters/backlog").answeredAs(Classified.class);
        for (Letter letter : backlog.letters()) {
            AiPrompt prompt = AiPrompt.to(model, letter.text()).withSystem(ClassifyLetter.HOW);
            request = request.with("letter-" + request.prompts().size(), prompt);
        }
        return request;
    }

    @Override
    public Completion<Piles, AiBatch> checkCompletion(StageContext context, AiBatch batch) {
        if (!context.ai().status(batch).isFinished()) {
            return Completion.notReady();
        }
        Map<Classified.Office, List<String>> byOffice = new EnumMap<>(Classified.Office.class);
        List<String> unsorted = new ArrayList<>();
        for (AiBatchResult<Classified> result : context.ai().results(batch, Classified.class)) {
            if (result.isError()) {
                unsorted.add(result.item());
            } else {
                byOffice.computeIfAbsent(result.orThrow().office(), office -> new ArrayList<>())
                        .add(result.item());
            }
        }
        return Completion.ready(new Piles(byOffice, unsorted));
    }
}
