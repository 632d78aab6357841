package dev.pawl.testkit.ai;

import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiBatchStatus.State;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider;
import dev.pawl.engine.ai.AiProviderException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what it was told to, the last thing again and again, and keeps what it was asked. */
final class Dictated implements AiProvider {

    final List<Chat> asked = new ArrayList<>();
    boolean unfinished;
    boolean forgetful;
    private final Deque<String> answers = new ArrayDeque<>();
    private @Nullable AiProviderException failure;
    private List<Item> batch = List.of();

    void say(String... texts) {
        answers.clear();
        answers.addAll(List.of(texts));
        failure = null;
    }

    void fail(AiProviderException with) {
        failure = with;
    }

    @Override
    public String name() {
        return "dictated";
    }

    @Override
    public Reply chat(Chat chat) {
        asked.add(chat);
        if (failure != null) {
            throw failure;
        }
        String answer = answers.size() > 1 ? answers.remove() : answers.element();
        long words = chat.messages().stream()
                .mapToLong(message -> message.text().split("\\s+").length)
                .sum();
        return new Reply(answer, words, answer.split("\\s+").length, false);
    }

    @Override
    public Reply stream(Chat chat, Consumer<String> parts) {
        Reply reply = chat(chat);
        for (String part : reply.text().split("(?<=\\s)")) {
            parts.accept(part);
        }
        return reply;
    }

    @Override
    public Vectors embed(AiModel model, List<String> texts, Duration timeout) {
        return new Vectors(
                texts.stream().map(text -> new float[] {text.length(), 1}).toList(),
                texts.stream().mapToLong(text -> text.split("\\s+").length).sum());
    }

    @Override
    public String submit(AiModel model, String key, List<Item> items) {
        batch = List.copyOf(items);
        return "batch-1";
    }

    @Override
    public AiBatchStatus status(AiModel model, String id) {
        return new AiBatchStatus(unfinished ? State.IN_PROGRESS : State.COMPLETED, batch.size(), 0, 0);
    }

    @Override
    public List<Outcome> results(AiModel model, String id, List<String> items) {
        return forgetful
                ? List.of()
                : batch.stream()
                        .map(item -> Outcome.answered(item.id(), chat(item.chat())))
                        .toList();
    }

    @Override
    public void cancel(AiModel model, String id) {
        batch = List.of();
    }
}
