package dev.pawl.api.ai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prompts for a provider's batch, all for one model.
 *
 * @param topic what the calls are recorded under; absent: the workflow's id, a dot and the stage's id
 * @param prompts by an id of the author's choice, 1 to 64 letters, digits, {@code _} or {@code -}; their own topics and
 *     timeouts do not count
 * @param type what the answers are to be read as, whose schema is given to the model; absent: text
 */
public record AiBatchRequest(
        String model,
        @Nullable String topic,
        Map<String, AiPrompt> prompts,
        @Nullable Class<?> type) {

    private static final Pattern ITEM = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    public AiBatchRequest {
        if (topic != null) {
            AiTopics.check(topic);
        }
        for (Map.Entry<String, AiPrompt> item : prompts.entrySet()) {
            if (!ITEM.matcher(item.getKey()).matches()) {
                throw new IllegalArgumentException(
                        "The id '" + item.getKey() + "' must be 1 to 64 letters, digits, '_' or '-'");
            }
            if (!item.getValue().model().equals(model)) {
                throw new IllegalArgumentException("The prompt '" + item.getKey() + "' is for the model '"
                        + item.getValue().model() + "', the batch for '" + model + "'");
            }
        }
        prompts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
    }

    public static AiBatchRequest of(String model) {
        return new AiBatchRequest(model, null, Map.of(), null);
    }

    /** One more prompt; a second one under the same id replaces the first. */
    public AiBatchRequest with(String id, AiPrompt prompt) {
        Map<String, AiPrompt> all = new LinkedHashMap<>(prompts);
        all.put(id, prompt);
        return new AiBatchRequest(model, topic, all, type);
    }

    public AiBatchRequest withPrompts(Map<String, AiPrompt> value) {
        return new AiBatchRequest(model, topic, value, type);
    }

    public AiBatchRequest withTopic(String value) {
        return new AiBatchRequest(model, value, prompts, type);
    }

    /** Wants objects of this type, to be read by {@link Ai#results(AiBatch, Class)}. */
    public AiBatchRequest answeredAs(Class<?> value) {
        return new AiBatchRequest(model, topic, prompts, value);
    }
}
