package dev.pawl.samples.letters;

import dev.pawl.api.Pipeline;

/** Sorts many letters as one batch, which the provider answers within a day at a lower price. */
public final class SortBacklog {

    private SortBacklog() {}

    /** @param model what the operator calls the model */
    public static Pipeline<Backlog, ClassifyBacklog.Piles> pipeline(String model) {
        return Pipeline.named("sort-backlog", Backlog.class)
                .describedAs("Classifies a pile of letters by an AI provider's batch")
                .then(new ClassifyBacklog(model))
                .build();
    }
}
