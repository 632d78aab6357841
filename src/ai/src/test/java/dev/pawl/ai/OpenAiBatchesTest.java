package dev.pawl.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.ai.wire.ProviderServer;
import dev.pawl.api.ai.AiBatchStatus;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A-02")
class OpenAiBatchesTest {

    private final ProviderServer server = ProviderServer.start();
    private final OpenAiProvider provider = new OpenAiProvider();
    private final AiModel model = AiModel.of("fast", "openai", "gpt-test")
            .withBaseUrl(server.openAiUrl() + "/")
            .withApiKey(ProviderServer.KEY);

    @AfterEach
    void stop() {
        server.close();
    }

    private Item item(String id, String text) {
        return item(id, text, null);
    }

    private Item item(String id, String text, @Nullable Schema schema) {
        return new Item(id, new Chat(model, List.of(AiMessage.user(text)), 0.0, 50, Duration.ofSeconds(20), schema));
    }

    @Test
    void aBatchGoesFromSubmissionToResults() {
        server.script().answer("first", "one").answer("second", "two words").fail("third", 1, 400);
        List<Item> items = List.of(item("a", "first"), item("b", "second é"), item("c", "third"));

        String batch = provider.submit(model, "key-1", items);
        assertThat(provider.status(model, batch)).isEqualTo(new AiBatchStatus(State.IN_PROGRESS, 3, 0, 0));

        server.script().finishBatch("first");
        assertThat(provider.status(model, batch)).isEqualTo(new AiBatchStatus(State.COMPLETED, 3, 2, 1));
        List<Outcome> outcomes = provider.results(model, batch, List.of("a", "b", "c"));

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.reply() != null)
                .containsExactlyInAnyOrder(
                        Outcome.answered("a", new Reply("one", 1, 1, false)),
                        Outcome.answered("b", new Reply("two words", 2, 2, false)));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.failure() != null)
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.item()).isEqualTo("c");
                    assertThat(outcome.failure())
                            .hasMessage("scripted trouble")
                            .extracting(AiProviderException::kind)
                            .isEqualTo(Kind.REJECTED);
                });
    }

    @Test
    void theFileHoldsOneQuestionALine() throws Exception {
        provider.submit(
                model, "key-1", List.of(item("a", "x\ny", new Schema("S", "{\"type\":\"object\"}")), item("b", "z")));

        String form = server.requests("/v1/files").get(0).body();
        List<String> lines = form.lines().filter(line -> line.startsWith("{")).toList();
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("custom_id").asText()).isEqualTo("a");
        assertThat(first.path("url").asText()).isEqualTo("/v1/chat/completions");
        assertThat(first.at("/body/model").asText()).isEqualTo("gpt-test");
        assertThat(first.at("/body/max_tokens").asInt()).isEqualTo(50);
        assertThat(first.at("/body/messages/0/content").asText()).isEqualTo("x\ny");
        assertThat(first.at("/body/response_format/json_schema/schema/type").asText())
                .isEqualTo("object");
        assertThat(server.requests("/v1/batches")
                        .get(0)
                        .json()
                        .path("completion_window")
                        .asText())
                .isEqualTo("24h");
    }

    @Test
    void aBatchCanBeGivenUp() {
        String batch = provider.submit(model, "key-1", List.of(item("a", "first")));
        provider.cancel(model, batch);
        assertThat(provider.status(model, batch).state()).isEqualTo(State.CANCELLED);
        assertThat(provider.results(model, batch, List.of("a"))).isEmpty();
    }

    @Test
    void aBatchIsFoundByItsKeyUnlessItWasInVain() {
        String batch = provider.submit(model, "key-1", List.of(item("a", "first")));
        assertThat(provider.find(model, "key-1")).contains(batch);
        assertThat(provider.find(model, "key-2")).isEmpty();
        provider.cancel(model, batch);
        assertThat(provider.find(model, "key-1")).isEmpty();
    }

    @Test
    void aServerWithoutAListOfBatchesHasNone() {
        AiModel elsewhere = model.withBaseUrl(server.openAiUrl() + "/nowhere");
        assertThat(provider.find(elsewhere, "key-1")).isEmpty();
    }

    @Test
    void aBatchNobodyKnowsIsNotFound() {
        assertThatThrownBy(() -> provider.status(model, "batch_0"))
                .hasMessageContaining("No batch found with id 'batch_0'")
                .extracting(thrown -> ((AiProviderException) thrown).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }
}
