package dev.pawl.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.ai.wire.ProviderServer;
import dev.pawl.api.ai.AiMessage;
import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider.Chat;
import dev.pawl.engine.ai.AiProvider.Reply;
import dev.pawl.engine.ai.AiProvider.Schema;
import dev.pawl.engine.ai.AiProvider.Vectors;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A-01")
class OpenAiProviderTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ProviderServer server = ProviderServer.start();
    private final OpenAiProvider provider = new OpenAiProvider();

    @AfterEach
    void stop() {
        server.close();
    }

    private AiModel model() {
        return AiModel.of("fast", "openai", "gpt-test")
                .withBaseUrl(server.openAiUrl())
                .withApiKey(ProviderServer.KEY);
    }

    private Chat chat(String text) {
        return chat(model(), text, PATIENCE, null);
    }

    private static Chat chat(AiModel model, String text, Duration timeout, @Nullable Schema schema) {
        return new Chat(model, List.of(AiMessage.system("Be brief."), AiMessage.user(text)), 0.5, 99, timeout, schema);
    }

    private static Kind kindOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(AiProviderException.class);
        return ((AiProviderException) thrown).kind();
    }

    @Test
    void aTextComesWithItsTokens() {
        server.script().answer("colour of snow", "It is white");
        Reply reply = provider.chat(chat("What is the colour of snow?"));

        assertThat(reply).isEqualTo(new Reply("It is white", 8, 3, false));
        JsonNode asked = server.requests(CHAT).get(0).json();
        assertThat(asked.path("model").asText()).isEqualTo("gpt-test");
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(99);
        assertThat(asked.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(asked.at("/messages/1/role").asText()).isEqualTo("user");
        assertThat(asked.path("response_format").isMissingNode()).isTrue();
    }

    @Test
    void anAnswerThatReachedTheLimitSaysSo() {
        server.script().cutOff("long story");
        assertThat(provider.chat(chat("Tell a long story")).truncated()).isTrue();
    }

    @Test
    void aSchemaTravelsAsTheProviderWantsIt() {
        Schema schema = new Schema("Verdict", """
                {"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}""");
        provider.chat(chat(model(), "judge", PATIENCE, schema));
        provider.chat(chat(model().withSchema(AiModel.Schema.LENIENT), "judge", PATIENCE, schema));

        JsonNode strict = server.requests(CHAT).get(0).json().path("response_format");
        assertThat(strict.path("type").asText()).isEqualTo("json_schema");
        assertThat(strict.at("/json_schema/name").asText()).isEqualTo("Verdict");
        assertThat(strict.at("/json_schema/strict").asBoolean()).isTrue();
        assertThat(strict.at("/json_schema/schema/required/0").asText()).isEqualTo("ok");
        JsonNode lenient = server.requests(CHAT).get(1).json().path("response_format");
        assertThat(lenient.at("/json_schema/strict").asBoolean()).isFalse();
    }

    @Test
    void partsOfAStreamArriveOnTheCallingThreadWhileTheProviderStillWrites() {
        server.script().answer("count", "one two three");
        CountDownLatch gate = server.script().hold("count");
        List<String> parts = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();

        Reply reply = provider.stream(chat("count"), part -> {
            // the server writes the second part only after the first has arrived
            gate.countDown();
            parts.add(part);
            threads.add(Thread.currentThread());
        });

        assertThat(parts).containsExactly("one ", "two ", "three");
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(reply).isEqualTo(new Reply("one two three", 3, 3, false));
    }

    @Test
    void whatTheReceiverOfAStreamThrowsEndsItAndLeavesAsItIs() {
        server.script().answer("count", "one two three");
        List<String> parts = new ArrayList<>();
        IllegalStateException enough = new IllegalStateException("enough");

        assertThatThrownBy(() -> provider.stream(chat("count"), part -> {
                    parts.add(part);
                    throw enough;
                }))
                .isSameAs(enough);
        assertThat(parts).containsExactly("one ");
    }

    @Test
    void aStreamThatBreaksOffIsNoAnswer() {
        server.script().answer("count", "one two three four").breakOff("count");
        List<String> parts = new ArrayList<>();

        assertThatThrownBy(() -> provider.stream(chat("count"), parts::add))
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.UNAVAILABLE));
        assertThat(parts).isNotEmpty();
    }

    @Test
    void aStreamThatStandsStillRunsOutOfTime() {
        server.script().answer("count", "one two three");
        CountDownLatch gate = server.script().hold("count");
        try {
            assertThatThrownBy(() -> provider.stream(
                            chat(model(), "count", Duration.ofMillis(700), null),
                            part -> assertThat(part).isNotEmpty()))
                    .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.TIMEOUT));
        } finally {
            gate.countDown();
        }
    }

    @Test
    void vectorsComeInTheOrderOfTheirTexts() {
        Vectors vectors = provider.embed(model(), List.of("one two", "three"), PATIENCE);
        assertThat(vectors.vectors()).containsExactly(new float[] {7, 2}, new float[] {5, 1});
        assertThat(vectors.tokens()).isEqualTo(3);
    }

    @Test
    void hiccupsAreWaitedOut() {
        server.script().fail("patience", 1, 429, Map.of("Retry-After", "0")).fail("patience", 1, 503);
        server.script().answer("patience", "worth it");
        assertThat(provider.chat(chat("patience")).text()).isEqualTo("worth it");
        assertThat(server.requests(CHAT)).hasSize(3);
    }

    @Test
    void hiccupsThatLastAreToldAsWhatTheyAre() {
        server.script().fail("limit", 10, 429).fail("trouble", 10, 500);
        AiModel model = model().withRetries(1);

        assertThatThrownBy(() -> provider.chat(chat(model, "limit", PATIENCE, null)))
                .hasMessageContaining("answered 429: scripted trouble")
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.RATE_LIMITED));
        assertThatThrownBy(() -> provider.chat(chat(model, "trouble", PATIENCE, null)))
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.UNAVAILABLE));
        assertThat(server.requests(CHAT)).hasSize(4);
    }

    @Test
    void aPauseThatWouldOutlastTheCallIsNotTaken() {
        server.script().fail("busy", 10, 429, Map.of("Retry-After", "3600"));
        assertThatThrownBy(() -> provider.chat(chat("busy")))
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.RATE_LIMITED));
        assertThat(server.requests(CHAT)).hasSize(1);
    }

    @Test
    void aRejectedCallIsNotRepeated() {
        server.script().fail("nonsense", 1, 400);
        assertThatThrownBy(() -> provider.chat(chat("nonsense")))
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.REJECTED));
        assertThat(server.requests(CHAT)).hasSize(1);
    }

    @Test
    void aWrongKeyIsToldWithoutTellingTheKey() {
        AiModel model = model().withApiKey("secret-key");
        assertThatThrownBy(() -> provider.chat(chat(model, "x", PATIENCE, null)))
                .hasMessageContaining("Incorrect API key")
                .hasMessageNotContaining("secret-key")
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.UNAUTHORIZED));
        assertThat(model.toString()).doesNotContain("secret-key");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        server.close();
        assertThatThrownBy(() -> provider.chat(chat(model().withRetries(0), "x", PATIENCE, null)))
                .hasMessageContaining("cannot be reached")
                .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.UNAVAILABLE));
        server = ProviderServer.start();
    }

    @Test
    void anAnswerThatDoesNotComeRunsOutOfTimeAndIsNotAskedForAgain() {
        CountDownLatch gate = server.script().hold("slow");
        try {
            assertThatThrownBy(() -> provider.chat(chat(model(), "slow", Duration.ofMillis(400), null)))
                    .satisfies(thrown -> assertThat(kindOf(thrown)).isEqualTo(Kind.TIMEOUT));
            assertThat(server.requests(CHAT)).hasSize(1);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void anInterruptEndsACallAndStaysVisible() throws Exception {
        CountDownLatch gate = server.script().hold("slow");
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            assertThatThrownBy(() -> provider.chat(chat("slow")))
                    .asInstanceOf(type(AiProviderException.class))
                    .extracting(AiProviderException::kind)
                    .isEqualTo(Kind.INTERRUPTED);
            return Thread.interrupted();
        });
        Thread thread = new Thread(call);
        thread.start();
        while (server.requests(CHAT).isEmpty()) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertThat(call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        gate.countDown();
    }
}
