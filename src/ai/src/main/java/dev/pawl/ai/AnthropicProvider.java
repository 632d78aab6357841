package dev.pawl.ai;

import dev.langchain4j.model.anthropic.AnthropicBatchChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiBatchStatus.State;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Anthropic's messages and message batches, which keep no keys; it has no embeddings. */
public final class AnthropicProvider implements AiProvider {

    private static final String OWN_URL = "https://api.anthropic.com/v1";

    /** The protocol demands a limit. */
    private static final int USUAL_MAX_TOKENS = 4_096;

    private final Exchange exchange = new Exchange();

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public Reply chat(Chat chat) {
        AiModel model = chat.model();
        return Chats.ask(
                AnthropicChatModel.builder()
                        .httpClientBuilder(connection(model, chat.timeout()))
                        .baseUrl(url(model))
                        .apiKey(key(model))
                        .modelName(model.model())
                        .maxTokens(maxTokens(chat))
                        .maxRetries(0)
                        .build(),
                chat);
    }

    @Override
    public Reply stream(Chat chat, Consumer<String> parts) {
        AiModel model = chat.model();
        return Chats.stream(
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(connection(model, chat.timeout()))
                        .baseUrl(url(model))
                        .apiKey(key(model))
                        .modelName(model.model())
                        .maxTokens(maxTokens(chat))
                        .build(),
                chat,
                parts);
    }

    @Override
    public Vectors embed(AiModel model, List<String> texts, Duration timeout) {
        throw new AiProviderException(Kind.UNSUPPORTED, "the protocol of Anthropic has no embeddings");
    }

    @Override
    public String submit(AiModel model, String key, List<Item> items) {
        List<ChatRequest> requests = items.stream()
                .map(item -> ChatRequest.builder()
                        .messages(Chats.request(item.chat()).messages())
                        .parameters(Chats.request(item.chat())
                                .parameters()
                                .overrideWith(DefaultChatRequestParameters.builder()
                                        .maxOutputTokens(maxTokens(item.chat()))
                                        .build()))
                        .build())
                .toList();
        return Chats.translating(
                () -> batches(model, false).submit(new BatchRequest<>(requests)).batchId());
    }

    @Override
    public AiBatchStatus status(AiModel model, String batch) {
        BatchResponse<ChatResponse> found =
                Chats.translating(() -> batches(model, true).retrieve(batch));
        State state =
                switch (found.state()) {
                    case PENDING, RUNNING, UNSPECIFIED -> State.IN_PROGRESS;
                    case SUCCEEDED -> State.COMPLETED;
                    case FAILED -> State.FAILED;
                    case CANCELLED -> State.CANCELLED;
                    case EXPIRED -> State.EXPIRED;
                };
        return new AiBatchStatus(
                state,
                found.results().size(),
                found.responses().size(),
                found.errors().size());
    }

    /** Results come in the order in which the prompts were submitted. */
    @Override
    public List<Outcome> results(AiModel model, String batch, List<String> items) {
        List<BatchItemResult<ChatResponse>> results =
                Chats.translating(() -> batches(model, true).retrieve(batch).results());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), results.size()); i++) {
            BatchItemResult<ChatResponse> result = results.get(i);
            outcomes.add(
                    result.isSuccess()
                            ? Outcome.answered(items.get(i), Chats.reply(result.response()))
                            : Outcome.failed(
                                    items.get(i),
                                    new AiProviderException(
                                            Kind.REJECTED,
                                            String.valueOf(result.error().message()))));
        }
        return outcomes;
    }

    @Override
    public void cancel(AiModel model, String batch) {
        Chats.translating(() -> {
            batches(model, true).cancel(batch);
            return true;
        });
    }

    private AnthropicBatchChatModel batches(AiModel model, boolean repeatsLost) {
        return AnthropicBatchChatModel.builder()
                .httpClientBuilder(
                        new Connection(exchange, new Exchange.Patience(model.timeout(), model.retries(), repeatsLost)))
                .baseUrl(url(model))
                .apiKey(key(model))
                .modelName(model.model())
                .maxRetries(0)
                .build();
    }

    private Connection connection(AiModel model, Duration timeout) {
        return new Connection(exchange, new Exchange.Patience(timeout, model.retries(), true));
    }

    private static int maxTokens(Chat chat) {
        return chat.maxTokens() == null ? USUAL_MAX_TOKENS : chat.maxTokens();
    }

    private static String key(AiModel model) {
        String key = model.apiKey();
        if (key == null) {
            throw new AiProviderException(
                    Kind.UNAUTHORIZED, "the model '" + model.name() + "' has no api-key, which Anthropic demands");
        }
        return key;
    }

    private static String url(AiModel model) {
        String url = model.baseUrl();
        return url == null ? OWN_URL : url.replaceAll("/+$", "");
    }
}
