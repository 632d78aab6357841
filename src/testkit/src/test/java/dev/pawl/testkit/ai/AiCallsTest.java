package dev.pawl.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiAnswer;
import dev.pawl.api.ai.AiBatch;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiBatchResult;
import dev.pawl.api.ai.AiException;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.api.ai.AiTexts;
import dev.pawl.api.ai.AiUsage;
import dev.pawl.engine.ai.AiCaller;
import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.AiCall.Status;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.SequentialIds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How answers are judged and written down. */
class AiCallsTest {

    enum Mood {
        GLAD,
        SAD
    }

    record Part(String name, int weight) {}

    record Verdict(
            @JsonPropertyDescription("how the text sounds") Mood mood,
            List<Part> parts,
            Optional<LocalDate> since,
            @Nullable String note) {
        Verdict {
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a verdict names parts");
            }
        }
    }

    private static final String GOOD = """
            {"mood":"GLAD","parts":[{"name":"x","weight":2}],"since":"2026-03-01","note":null}""";

    private static final AiPrompt JUDGE = AiPrompt.to("fast", "judge");

    private final ManualClock clock = new ManualClock();
    private final List<AiCall> recorded = new ArrayList<>();
    private final List<AiUsage> counted = new ArrayList<>();
    private final Dictated provider = new Dictated();
    private int failingWrites;

    private final AiCallLog log = new AiCallLog() {
        @Override
        public void record(List<AiCall> calls) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            if (failingWrites-- > 0) {
                throw new IllegalStateException("the database is away");
            }
            recorded.addAll(calls);
        }

        @Override
        public Set<String> settle(List<AiCall> calls) {
            record(calls);
            return calls.stream().map(AiCall::id).collect(Collectors.toSet());
        }
    };

    private final AiModel model = AiModel.of("fast", "dictated", "gpt-test")
            .withPrices(AiPrices.of("1", "1").withEmbedding("0.5"))
            .withMaxTokens(77);

    private Ai ai() {
        return ai(model, 1_000);
    }

    private Ai ai(AiModel one, int longestText) {
        AiModels models = new AiModels(List.of(one), List.of(provider));
        return new AiCalls(models, log, clock, new SequentialIds(), longestText)
                .of(new AiCaller("acme", new RunId("run-1"), "flow", "stage", 2), counted::add);
    }

    private AiUsage allCounted() {
        return counted.stream().reduce(AiUsage.NONE, AiUsage::plus);
    }

    @Test
    @Tag("A-01")
    void anObjectThatFitsIsAnswered() {
        provider.say(GOOD);
        AiAnswer<Verdict> answer = ai().object(JUDGE, Verdict.class);

        assertThat(answer.value())
                .isEqualTo(new Verdict(
                        Mood.GLAD, List.of(new Part("x", 2)), Optional.of(LocalDate.parse("2026-03-01")), null));
        assertThat(recorded).singleElement().satisfies(call -> {
            assertThat(call.type()).isEqualTo(AiCall.Type.OBJECT);
            assertThat(call.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(call.response()).isEqualTo(GOOD);
        });
    }

    @Test
    @Tag("A-01")
    void theModelIsToldASchemaThatProvidersEnforce() {
        provider.say(GOOD);
        ai().object(JUDGE, Verdict.class);

        JsonNode schema = JsonCodec.parse(
                Objects.requireNonNull(provider.asked.get(0).schema()).json());
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.path("required").toString()).contains("mood", "parts", "since", "note");
        assertThat(schema.at("/properties/mood/enum").toString()).isEqualTo("[\"GLAD\",\"SAD\"]");
        assertThat(schema.at("/properties/mood/description").asText()).isEqualTo("how the text sounds");
        assertThat(schema.at("/properties/parts/items/required").toString()).contains("name", "weight");
        assertThat(schema.at("/properties/since").toString()).contains("null", "date");
        assertThat(schema.at("/properties/note").toString()).contains("null");
        assertThat(provider.asked.get(0).maxTokens()).isEqualTo(77);
    }

    @Test
    @Tag("A-01")
    void anObjectInAFenceIsAnObject() {
        provider.say("```json\n" + GOOD + "\n```\n");
        assertThat(ai().object(JUDGE, Verdict.class).value().mood()).isEqualTo(Mood.GLAD);
    }

    @Test
    @Tag("A-01")
    void anAnswerThatDoesNotFitIsSentBackOnceWithWhatIsWrong() {
        String bad = GOOD.replace("GLAD", "ANGRY");
        provider.say(bad, GOOD);
        AiAnswer<Verdict> answer = ai().object(JUDGE, Verdict.class);

        assertThat(answer.value().mood()).isEqualTo(Mood.GLAD);
        assertThat(provider.asked.get(1).messages()).hasSize(3);
        assertThat(provider.asked.get(1).messages().get(1).text()).isEqualTo(bad);
        assertThat(provider.asked.get(1).messages().get(2).text()).contains("/mood", "GLAD");
        assertThat(recorded).extracting(AiCall::status).containsExactly(Status.INVALID, Status.SUCCEEDED);
        assertThat(recorded.get(0).id()).isNotEqualTo(recorded.get(1).id());
        assertThat(answer.usage()).isEqualTo(allCounted());
        assertThat(allCounted().tokens())
                .isEqualTo(recorded.stream()
                        .mapToLong(call -> call.inputTokens() + call.outputTokens())
                        .sum());
    }

    @Test
    @Tag("A-01")
    void anAnswerThatNeverFitsFailsTheAttemptAndIsPaidFor() {
        provider.say("{\"mood\":\"GLAD\",\"parts\":[],\"since\":null,\"note\":null}");
        assertThatThrownBy(() -> ai().object(JUDGE, Verdict.class))
                .isInstanceOf(AiException.class)
                .hasMessageContaining("AI_INVALID_OBJECT")
                .hasMessageContaining("a verdict names parts")
                .hasMessageContaining("run-1");
        assertThat(recorded)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.status()).isEqualTo(Status.INVALID))
                .allSatisfy(call -> assertThat(
                                Objects.requireNonNull(call.failure()).code())
                        .isEqualTo("AI_INVALID_OBJECT"));
        assertThat(allCounted().tokens()).isPositive();
    }

    @Test
    @Tag("A-01")
    void repairsAreAsManyAsAskedFor() {
        provider.say("no JSON");
        assertThatThrownBy(() -> ai().object(JUDGE.withRepairs(0), Verdict.class))
                .isInstanceOf(AiException.class);
        assertThat(recorded).hasSize(1);
    }

    @Test
    @Tag("A-01")
    void aMissingOrUnknownMemberDoesNotFit() {
        for (String bad : List.of(
                "{\"mood\":\"GLAD\",\"parts\":[{\"name\":\"x\",\"weight\":2}],\"since\":null}",
                GOOD.replace("\"note\"", "\"more\":1,\"note\""),
                GOOD.replace("\"weight\":2", "\"weight\":\"2\""))) {
            provider.say(bad);
            assertThatThrownBy(() -> ai().object(JUDGE.withRepairs(0), Verdict.class))
                    .as(bad)
                    .isInstanceOf(AiException.class);
        }
    }

    @Test
    @Tag("A-01")
    void aModelThatKnowsNoSchemasIsToldInWords() {
        provider.say(GOOD);
        ai(model.withSchema(AiModel.Schema.PROMPT), 1_000).object(JUDGE, Verdict.class);
        assertThat(provider.asked.get(0).schema()).isNull();
        assertThat(provider.asked.get(0).messages().get(0).text()).contains("\"additionalProperties\":false");
    }

    @Test
    @Tag("A-01")
    void whatIsNoObjectIsRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> ai().object(JUDGE, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record");
        assertThat(provider.asked).isEmpty();
    }

    @Test
    @Tag("A-01")
    void aStreamIsHandedOverInPartsAndRecordedAsAWhole() {
        provider.say("one two three");
        List<String> parts = new ArrayList<>();
        AiAnswer<String> answer = ai().stream(AiPrompt.to("fast", "count"), parts::add);
        assertThat(parts).containsExactly("one ", "two ", "three");
        assertThat(answer.value()).isEqualTo("one two three");
        assertThat(recorded).singleElement().satisfies(call -> {
            assertThat(call.type()).isEqualTo(AiCall.Type.STREAM);
            assertThat(call.response()).isEqualTo("one two three");
        });
    }

    @Test
    @Tag("A-01")
    void aStreamThatTheAuthorEndsIsRecordedAsFarAsItCame() {
        provider.say("one two three");
        IllegalStateException enough = new IllegalStateException("enough");
        assertThatThrownBy(() -> ai().stream(AiPrompt.to("fast", "count"), part -> {
                    throw enough;
                }))
                .isSameAs(enough);
        assertThat(recorded).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(Status.FAILED);
            assertThat(call.response()).isEqualTo("one ");
        });
    }

    @Test
    @Tag("A-01")
    void vectorsHaveAPriceOfTheirOwn() {
        AiAnswer<List<float[]>> answer = ai().embed(AiTexts.of("fast", "one two", "three"));
        assertThat(answer.value()).hasSize(2);
        assertThat(answer.usage()).isEqualTo(new AiUsage(3, 0, new BigDecimal("0.000001500000")));
        assertThat(recorded).singleElement().satisfies(call -> {
            assertThat(call.type()).isEqualTo(AiCall.Type.EMBEDDING);
            assertThat(call.response()).isEqualTo("2 vectors of 2 dimensions");
        });
    }

    @Test
    @Tag("A-01")
    void aFailureIsRecordedAndRetriedOnlyWhereThatMayHelp() {
        provider.fail(new AiProviderException(Kind.RATE_LIMITED, "slow down"));
        assertThatThrownBy(() -> ai().text(JUDGE))
                .asInstanceOf(type(AiException.class))
                .extracting(AiException::code)
                .isEqualTo("AI_RATE_LIMITED");
        provider.fail(new AiProviderException(Kind.UNAUTHORIZED, "wrong key"));
        assertThatThrownBy(() -> ai().text(JUDGE))
                .asInstanceOf(type(NonRetryableException.class))
                .extracting(NonRetryableException::code)
                .isEqualTo("AI_UNAUTHORIZED");
        assertThat(recorded).extracting(AiCall::status).containsExactly(Status.FAILED, Status.FAILED);
        assertThat(recorded.get(0).failure()).isNotNull();
        assertThat(recorded.get(0).topic()).isEqualTo("flow.stage");
    }

    @Test
    @Tag("A-01")
    void anInterruptedCallIsRecordedAndTheInterruptStaysVisible() {
        provider.fail(new AiProviderException(Kind.INTERRUPTED, "interrupted"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ai().text(JUDGE)).isInstanceOf(AiException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(recorded).hasSize(1);
    }

    @Test
    @Tag("A-01")
    void aRecordThatCannotBeWrittenAtOnceIsWrittenSoon() {
        failingWrites = 2;
        provider.say("hello");
        assertThat(ai().text(JUDGE).value()).isEqualTo("hello");
        assertThat(recorded).hasSize(1);
    }

    @Test
    @Tag("A-01")
    void longTextsAreShortened() {
        provider.say("0123456789😀");
        ai(model, 11).text(AiPrompt.to("fast", "a"));
        assertThat(recorded.get(0).prompt()).isEqualTo("[user] a");
        assertThat(recorded.get(0).response()).isEqualTo("0123456789… (12 characters)");
        ai(model, 0).text(AiPrompt.to("fast", "secret"));
        assertThat(recorded.get(1).prompt()).isEqualTo("… (13 characters)");
    }

    @Test
    @Tag("A-02")
    void objectsOfABatchAreJudgedOneByOne() {
        provider.say(GOOD, "no JSON");
        Ai ai = ai(model.withPrices(AiPrices.of("2", "2").withBatchDiscount("0.25")), 1_000);
        AiBatch batch = ai.submit(
                AiBatchRequest.of("fast").with("a", JUDGE).with("b", JUDGE).answeredAs(Verdict.class));
        assertThat(recorded).extracting(AiCall::status).containsExactly(Status.SUBMITTED, Status.SUBMITTED);
        assertThat(counted).isEmpty();

        List<AiBatchResult<Verdict>> results = ai.results(batch, Verdict.class);

        assertThat(results.get(0).orThrow().mood()).isEqualTo(Mood.GLAD);
        assertThat(results.get(1).errorCode()).isEqualTo("AI_INVALID_OBJECT");
        assertThatThrownBy(() -> results.get(1).orThrow()).isInstanceOf(AiException.class);
        assertThat(recorded.subList(2, 4)).extracting(AiCall::status).containsExactly(Status.SUCCEEDED, Status.INVALID);
        assertThat(recorded.get(2).id()).isEqualTo(recorded.get(0).id());
        // 1 + 1 words for the first prompt and answer, 1 + 2 for the second, at three quarters of the price
        assertThat(allCounted()).isEqualTo(new AiUsage(2, 3, new BigDecimal("0.000007500000")));
    }

    @Test
    @Tag("A-02")
    void resultsOfABatchThatGoesOnAreRefused() {
        provider.say("x");
        provider.unfinished = true;
        AiBatch batch = ai().submit(AiBatchRequest.of("fast").with("a", JUDGE));
        assertThatThrownBy(() -> ai().results(batch))
                .asInstanceOf(type(AiException.class))
                .extracting(AiException::code)
                .isEqualTo("AI_BATCH_UNFINISHED");
    }

    @Test
    @Tag("A-02")
    void aPromptWithoutAnAnswerIsAnErrorOfItsOwn() {
        provider.say("x");
        provider.forgetful = true;
        AiBatch batch = ai().submit(AiBatchRequest.of("fast").with("a", JUDGE));
        assertThat(ai().results(batch)).singleElement().satisfies(result -> {
            assertThat(result.isError()).isTrue();
            assertThat(result.errorMessage()).contains("without an answer");
        });
    }

    @Test
    @Tag("A-03")
    void aModelWhoseProviderIsNotThereIsRefusedWhenModelsArePutTogether() {
        assertThatThrownBy(() -> new AiModels(List.of(AiModel.of("x", "elsewhere", "y")), List.of(provider)))
                .hasMessageContaining("'elsewhere'")
                .hasMessageContaining("[dictated]");
    }
}
