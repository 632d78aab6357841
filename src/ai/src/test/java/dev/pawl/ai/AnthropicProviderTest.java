package dev.pawl.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.ai.wire.ProviderServer;
import dev.pawl.api.ai.AiBatchStatus.State;
import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider.Chat;
import dev.pawl.engine.ai.AiProvider.Item;
import dev.pawl.engine.ai.AiProvider.Outcome;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProvider.Schema;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnthropicProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProviderServer server = ProviderServer.start();
    private final AnthropicProvider provider = new AnthropicProvider();
    private final AiModel model = AiModel.of("smart", "anthropic", "claude-test")
            .withBaseUrl(server.anthropicUrl())
            .withApiKey(ProviderServer.KEY);

    @AfterEach
    void stop() {
        server.close();
    }

    private Chat chat(String text, @Nullable Schema schema) {
        return new Chat(model, List.of(AiMessage.system("Be brief."), AiMessage.user(text)), 0.5, 99, PATIENCE, schema);
    }

    private JsonNode asked() {
        return server.requests("/anthropic/messages").get(0).json();
    }

    @Test
    @Tag("A-01")
    void aTextComesWithItsTokens() {
        server.script().answer("colour of snow", "It is white");
        assertThat(provider.chat(chat("What is the colour of snow?", null)))
                .isEqualTo(new Reply("It is white", 8, 3, false));
        assertThat(asked().path("model").asText()).isEqualTo("claude-test");
        assertThat(asked().path("max_tokens").asInt()).isEqualTo(99);
        assertThat(asked().path("temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    @Tag("A-01")
    void aSchemaTravelsWithTheQuestion() {
        provider.chat(chat("judge", new Schema("Verdict", """
                {"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}""")));
        assertThat(asked().findValue("required")).as(asked().toString()).isNotNull();
    }

    @Test
    @Tag("A-01")
    void aStreamArrivesInParts() {
        server.script().answer("count", "one two three");
        List<String> parts = new ArrayList<>();
        Reply reply = provider.stream(chat("count", null), parts::add);
        assertThat(parts).containsExactly("one ", "two ", "three");
        assertThat(reply).isEqualTo(new Reply("one two three", 3, 3, false));
    }

    @Test
    @Tag("A-01")
    void anOverloadedProviderIsAskedAgain() {
        server.script().fail("busy", 1, 529).answer("busy", "now");
        assertThat(provider.chat(chat("busy", null)).text()).isEqualTo("now");
    }

    @Test
    void thereAreNoEmbeddings() {
        assertThatThrownBy(() -> provider.embed(model, List.of("x"), PATIENCE))
                .extracting(thrown -> ((AiProviderException) thrown).kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    @Tag("A-02")
    void aBatchGoesFromSubmissionToResults() {
        server.script().answer("first", "one").fail("second", 1, 400).answer("third", "three words here");
        List<Item> items = List.of(
                new Item("a", chat("first", null)),
                new Item("b", chat("second", null)),
                new Item("c", chat("third", null)));

        String batch = provider.submit(model, "key-1", items);
        assertThat(provider.status(model, batch).state()).isEqualTo(State.IN_PROGRESS);
        server.script().finishBatch("first");
        assertThat(provider.status(model, batch).state()).isEqualTo(State.COMPLETED);
        List<Outcome> outcomes = provider.results(model, batch, List.of("a", "b", "c"));

        assertThat(outcomes).extracting(Outcome::item).containsExactly("a", "b", "c");
        assertThat(outcomes.get(0).reply()).isEqualTo(new Reply("one", 3, 1, false));
        assertThat(outcomes.get(1).failure()).hasMessageContaining("scripted trouble");
        assertThat(outcomes.get(2).reply()).isEqualTo(new Reply("three words here", 3, 3, false));
        JsonNode request =
                server.requests("/anthropic/messages/batches").get(0).json().at("/requests/0/params");
        assertThat(request.path("max_tokens").asInt()).isEqualTo(99);
        assertThat(request.path("temperature").asDouble()).isEqualTo(0.5);
    }
}
