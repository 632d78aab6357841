package dev.pawl.api.ai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that a model is to continue.
 *
 * <pre>{@code
 * AiPrompt.to("fast", "Summarise: " + text).withSystem("Answer in one sentence.").withMaxTokens(200)
 * }</pre>
 *
 * @param model the name under which the operator configured a model
 * @param topic what the call is recorded under, a path such as {@code documents/summary}; absent: the workflow's id, a
 *     dot and the stage's id
 * @param temperature 0 to 2; absent: the provider's own
 * @param maxTokens longest answer; absent: the model's setting, or the provider's own
 * @param timeout longest time the provider may take; absent: the model's setting
 * @param repairs how often an answer that does not fit its type is sent back, for {@link Ai#object}
 */
public record AiPrompt(
        String model,
        @Nullable String topic,
        List<AiMessage> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Duration timeout,
        int repairs) {

    private static final double HIGHEST_TEMPERATURE = 2;
    private static final int MOST_REPAIRS = 5;

    public AiPrompt {
        messages = List.copyOf(messages);
        if (topic != null) {
            AiTopics.check(topic);
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A prompt has at least one message");
        }
        if (temperature != null && !(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE)) {
            throw new IllegalArgumentException("temperature must lie between 0 and 2, was " + temperature);
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, was " + maxTokens);
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("timeout must be longer than nothing, was " + timeout);
        }
        if (repairs < 0 || repairs > MOST_REPAIRS) {
            throw new IllegalArgumentException("repairs must lie between 0 and 5, was " + repairs);
        }
    }

    /** One question of a user. */
    public static AiPrompt to(String model, String text) {
        return of(model, List.of(AiMessage.user(text)));
    }

    public static AiPrompt of(String model, List<AiMessage> messages) {
        return new AiPrompt(model, null, messages, null, null, null, 1);
    }

    /** Says first how to answer. */
    public AiPrompt withSystem(String text) {
        List<AiMessage> all = new ArrayList<>();
        all.add(AiMessage.system(text));
        all.addAll(messages);
        return withMessages(all);
    }

    /** Goes on with one more turn. */
    public AiPrompt then(AiMessage message) {
        List<AiMessage> all = new ArrayList<>(messages);
        all.add(message);
        return withMessages(all);
    }

    public AiPrompt withMessages(List<AiMessage> value) {
        return new AiPrompt(model, topic, value, temperature, maxTokens, timeout, repairs);
    }

    public AiPrompt withTopic(String value) {
        return new AiPrompt(model, value, messages, temperature, maxTokens, timeout, repairs);
    }

    public AiPrompt withTemperature(double value) {
        return new AiPrompt(model, topic, messages, value, maxTokens, timeout, repairs);
    }

    public AiPrompt withMaxTokens(int value) {
        return new AiPrompt(model, topic, messages, temperature, value, timeout, repairs);
    }

    public AiPrompt withTimeout(Duration value) {
        return new AiPrompt(model, topic, messages, temperature, maxTokens, value, repairs);
    }

    public AiPrompt withRepairs(int value) {
        return new AiPrompt(model, topic, messages, temperature, maxTokens, timeout, value);
    }
}
