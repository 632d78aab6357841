package dev.pawl.testkit;

import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.ai.AiProvider;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Models whose answers are functions of the test. What such a function throws is a failure of the provider. */
final class MockedModels implements AiProvider {

    static final String NAME = "mocked";

    private final Map<String, AiModel> models = new TreeMap<>();
    private final Map<String, Function<String, String>> answers = new TreeMap<>();
    private final List<List<Item>> batches = new ArrayList<>();
    private final Map<String, String> submitted = new TreeMap<>();

    AiModels with(AiModel model, Function<String, String> answer) {
        models.put(
                model.name(),
                new AiModel(
                        model.name(),
                        NAME,
                        model.model(),
                        model.baseUrl(),
                        model.apiKey(),
                        model.prices(),
                        model.maxTokens(),
                        model.timeout(),
                        model.retries(),
                        model.schema()));
        answers.put(model.name(), answer);
        return new AiModels(models.values(), List.of(this));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reply chat(Chat chat) {
        AiMessage last = chat.messages().get(chat.messages().size() - 1);
        String answer = answer(chat.model(), last.text());
        long asked = chat.messages().stream()
                .mapToLong(message -> words(message.text()))
                .sum();
        return new Reply(answer, asked, words(answer), false);
    }

    private String answer(AiModel model, String text) {
        try {
            return answers.get(model.name()).apply(text);
        } catch (AiProviderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new AiProviderException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Reply stream(Chat chat, Consumer<String> parts) {
        Reply reply = chat(chat);
        for (String word : reply.text().split("(?<=\\s)")) {
            parts.accept(word);
        }
        return reply;
    }

    @Override
    public Vectors embed(AiModel model, List<String> texts, Duration timeout) {
        List<float[]> vectors = texts.stream()
                .map(text -> new float[] {text.length(), words(text)})
                .toList();
        return new Vectors(
                vectors, texts.stream().mapToLong(MockedModels::words).sum());
    }

    @Override
    public String submit(AiModel model, String key, List<Item> items) {
        batches.add(items);
        String id = "batch-" + batches.size();
        submitted.put(key, id);
        return id;
    }

    @Override
    public Optional<String> find(AiModel model, String key) {
        return Optional.ofNullable(submitted.get(key));
    }

    @Override
    public AiBatchStatus status(AiModel model, String batch) {
        int size = items(batch).size();
        return new AiBatchStatus(AiBatchStatus.State.COMPLETED, size, size, 0);
    }

    @Override
    public List<Outcome> results(AiModel model, String batch, List<String> items) {
        return items(batch).stream().map(this::outcome).toList();
    }

    private Outcome outcome(Item item) {
        try {
            return Outcome.answered(item.id(), chat(item.chat()));
        } catch (AiProviderException e) {
            return Outcome.failed(item.id(), e);
        }
    }

    @Override
    public void cancel(AiModel model, String batch) {
        items(batch);
    }

    private List<Item> items(String batch) {
        int number = Integer.parseInt(batch.substring("batch-".length()));
        if (number > batches.size()) {
            throw new AiProviderException(Kind.NOT_FOUND, "there is no " + batch);
        }
        return batches.get(number - 1);
    }

    private static long words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
