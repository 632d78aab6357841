package dev.pawl.api.ai;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts to be turned into vectors.
 *
 * @param model the name under which the operator configured a model
 * @param topic what the call is recorded under; absent: the workflow's id, a dot and the stage's id
 * @param timeout longest time the provider may take; absent: the model's setting
 */
public record AiTexts(
        String model,
        @Nullable String topic,
        List<String> texts,
        @Nullable Duration timeout) {

    public AiTexts {
        texts = List.copyOf(texts);
        if (topic != null) {
            AiTopics.check(topic);
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one text to embed");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("timeout must be longer than nothing, was " + timeout);
        }
    }

    public static AiTexts of(String model, List<String> texts) {
        return new AiTexts(model, null, texts, null);
    }

    public static AiTexts of(String model, String... texts) {
        return of(model, List.of(texts));
    }

    public AiTexts withTopic(String value) {
        return new AiTexts(model, value, texts, timeout);
    }

    public AiTexts withTimeout(Duration value) {
        return new AiTexts(model, topic, texts, value);
    }
}
