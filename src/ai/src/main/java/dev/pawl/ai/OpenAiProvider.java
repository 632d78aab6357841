package dev.pawl.ai;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** OpenAI, and the many servers that speak its protocol: Azure, Mistral, Ollama, vLLM, LM Studio and others. */
public final class OpenAiProvider implements AiProvider {

    static final String OWN_URL = "https://api.openai.com/v1";

    private final Exchange exchange = new Exchange();
    private final OpenAiBatches batches = new OpenAiBatches(exchange);

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public Reply chat(Chat chat) {
        AiModel model = chat.model();
        return Chats.ask(
                OpenAiChatModel.builder()
                        .httpClientBuilder(connection(model, chat.timeout()))
                        .baseUrl(url(model))
                        .apiKey(model.apiKey())
                        .modelName(model.model())
                        .strictJsonSchema(model.schema() == AiModel.Schema.STRICT)
                        .defaultRequestParameters(parameters(chat))
                        .maxRetries(0)
                        .build(),
                chat);
    }

    @Override
    public Reply stream(Chat chat, Consumer<String> parts) {
        AiModel model = chat.model();
        return Chats.stream(
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(connection(model, chat.timeout()))
                        .baseUrl(url(model))
                        .apiKey(model.apiKey())
                        .modelName(model.model())
                        .defaultRequestParameters(parameters(chat))
                        .build(),
                chat,
                parts);
    }

    /** OpenAI's newer models know the new name of the limit alone, other servers mostly the old one. */
    private static OpenAiChatRequestParameters parameters(Chat chat) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        if (isOpenAi(chat.model())) {
            parameters.maxCompletionTokens(chat.maxTokens());
        } else {
            parameters.maxOutputTokens(chat.maxTokens());
        }
        return parameters.build();
    }

    @Override
    public Vectors embed(AiModel model, List<String> texts, Duration timeout) {
        Response<List<Embedding>> response = Chats.translating(() -> OpenAiEmbeddingModel.builder()
                .httpClientBuilder(connection(model, timeout))
                .baseUrl(url(model))
                .apiKey(model.apiKey())
                .modelName(model.model())
                .maxRetries(0)
                .build()
                .embedAll(texts.stream().map(TextSegment::from).toList()));
        TokenUsage usage = response.tokenUsage();
        return new Vectors(
                response.content().stream().map(Embedding::vector).toList(),
                usage == null ? 0 : Chats.orZero(usage.inputTokenCount()));
    }

    @Override
    public String submit(AiModel model, String key, List<Item> items) {
        return batches.submit(model, key, items);
    }

    @Override
    public Optional<String> find(AiModel model, String key) {
        return batches.find(model, key);
    }

    @Override
    public AiBatchStatus status(AiModel model, String batch) {
        return batches.status(model, batch);
    }

    @Override
    public List<Outcome> results(AiModel model, String batch, List<String> items) {
        return batches.results(model, batch);
    }

    @Override
    public void cancel(AiModel model, String batch) {
        batches.cancel(model, batch);
    }

    private Connection connection(AiModel model, Duration timeout) {
        return new Connection(exchange, new Exchange.Patience(timeout, model.retries(), true));
    }

    static boolean isOpenAi(AiModel model) {
        return model.baseUrl() == null;
    }

    static String url(AiModel model) {
        String url = model.baseUrl();
        return url == null ? OWN_URL : url.replaceAll("/+$", "");
    }
}
