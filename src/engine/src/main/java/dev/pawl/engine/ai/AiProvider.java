package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol by which models are reached. Adapters are found as services of this type in the application's libraries and
 * as CDI beans. They are used by many threads at once, block the calling thread, and throw {@link AiProviderException}.
 */
public interface AiProvider {

    /** What the setting {@code pawl.ai.model.<name>.provider} says. */
    String name();

    Reply chat(Chat chat);

    /** @param parts called on this thread; what it throws leaves this method as it is */
    Reply stream(Chat chat, Consumer<String> parts);

    Vectors embed(AiModel model, List<String> texts, Duration timeout);

    /**
     * Answers the provider's id of the batch.
     *
     * @param key to keep with the batch, where the provider can, so that {@link #find} finds it
     */
    String submit(AiModel model, String key, List<Item> items);

    /**
     * A batch submitted under this key before that is under way or answered; empty when there is none, and of providers that
     * keep no keys. Asked before every submission, because a worker may have died before it knew what it had submitted.
     */
    default Optional<String> find(AiModel model, String key) {
        return Optional.empty();
    }

    AiBatchStatus status(AiModel model, String batch);

    /**
     * What a finished batch came to, in any order.
     *
     * @param items ids in the order in which they were submitted
     */
    List<Outcome> results(AiModel model, String batch, List<String> items);

    void cancel(AiModel model, String batch);

    /**
     * A conversation to be continued.
     *
     * @param schema what the answer must fit, where the model is to be told by a schema
     */
    record Chat(
            AiModel model,
            List<AiMessage> messages,
            @Nullable Double temperature,
            @Nullable Integer maxTokens,
            Duration timeout,
            @Nullable Schema schema) {
        public Chat {
            messages = List.copyOf(messages);
        }
    }

    /** @param json a JSON Schema whose root is an object */
    record Schema(String name, String json) {}

    /** @param truncated whether the longest answer allowed was reached */
    record Reply(String text, long inputTokens, long outputTokens, boolean truncated) {}

    /** Vectors in the order of their texts. */
    record Vectors(List<float[]> vectors, long tokens) {}

    /** One prompt of a batch. */
    record Item(String id, Chat chat) {}

    /** What one prompt of a batch came to: a reply or a failure. */
    record Outcome(
            String item, @Nullable Reply reply, @Nullable AiProviderException failure) {

        public static Outcome answered(String item, Reply reply) {
            return new Outcome(item, reply, null);
        }

        public static Outcome failed(String item, AiProviderException failure) {
            return new Outcome(item, null, failure);
        }
    }
}
