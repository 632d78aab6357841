package dev.pawl.acceptance.feature.ai.probe;

import dev.pawl.api.ai.AiBatchStatus;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A protocol of the application's own, as a bean: it says everything backwards, in one token. */
@ApplicationScoped
public class Backwards implements AiProvider {

    @Override
    public String name() {
        return "backwards";
    }

    @Override
    public Reply chat(Chat chat) {
        String text = chat.messages().get(chat.messages().size() - 1).text();
        return new Reply(new StringBuilder(text).reverse().toString(), 1, 1, false);
    }

    @Override
    public Reply stream(Chat chat, Consumer<String> parts) {
        Reply reply = chat(chat);
        parts.accept(reply.text());
        return reply;
    }

    @Override
    public Vectors embed(AiModel model, List<String> texts, Duration timeout) {
        throw noSuchCall();
    }

    @Override
    public String submit(AiModel model, String key, List<Item> items) {
        throw noSuchCall();
    }

    @Override
    public AiBatchStatus status(AiModel model, String batch) {
        throw noSuchCall();
    }

    @Override
    public List<Outcome> results(AiModel model, String batch, List<String> items) {
        throw noSuchCall();
    }

    @Override
    public void cancel(AiModel model, String batch) {
        throw noSuchCall();
    }

    private static AiProviderException noSuchCall() {
        return new AiProviderException(Kind.UNSUPPORTED, "nothing but text goes backwards");
    }
}
