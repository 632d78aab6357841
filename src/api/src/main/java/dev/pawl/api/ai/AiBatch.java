package dev.pawl.api.ai;

import java.time.Instant;
import java.util.List;

/**
 * A batch that a provider has accepted: what a stage keeps to ask for it later. It can be written as JSON.
 *
 * @param id the provider's own
 * @param items ids of its prompts, in order
 */
public record AiBatch(String model, String id, String topic, List<String> items, Instant submittedAt) {
    public AiBatch {
        items = List.copyOf(items);
    }
}
