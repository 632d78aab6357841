package dev.pawl.acceptance.feature.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.ScriptedModels;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider's protocol on one side, REST on the other, and the deployed application in between. */
class AskingModelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In every prompt and topic of this test alone. */
    private final String mark = "m" + UUID.randomUUID().toString().replace("-", "");

    private String ask(FeatureServer on, String way, String text) {
        return ask(on, way, ScriptedModels.MODEL, text);
    }

    private String ask(FeatureServer on, String way, String model, String text) {
        return on.startRun(
                "asks-ai",
                Map.of(
                        "input",
                        Map.of("way", way, "model", model, "text", text + " " + mark, "topic", mark + "/" + way)));
    }

    private static JsonNode calls(FeatureServer on, String run) {
        return on.http().get("/api/runs/" + run + "/ai-calls").json().path("items");
    }

    private static void assertTotals(JsonNode run, long tokens, String cost) {
        assertThat(run.at("/totals/tokens").asLong()).isEqualTo(tokens);
        assertThat(run.at("/totals/cost").decimalValue()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void aTextIsAnsweredRecordedAndCounted(FeatureServer on) {
        ScriptedModels.script().answer("colour of snow " + mark, "It is white").fail("colour of snow " + mark, 1, 500);
        String run = ask(on, "TEXT", "What is the colour of snow");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("It is white");
        // 7 words in at 2, 3 words out at 10 per million
        assertTotals(done, 10, "0.000044");
        assertThat(calls(on, run)).hasSize(1);
        JsonNode call = calls(on, run).get(0);
        assertThat(call.path("stage").asText()).isEqualTo("ask");
        assertThat(call.path("attempt").asInt()).isEqualTo(1);
        assertThat(call.path("topic").asText()).isEqualTo(mark + "/TEXT");
        assertThat(call.path("type").asText()).isEqualTo("TEXT");
        assertThat(call.path("model").asText()).isEqualTo("probe");
        assertThat(call.path("providerModel").asText()).isEqualTo("gpt-probe");
        assertThat(call.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(call.path("prompt").asText()).isEqualTo("[user] What is the colour of snow " + mark);
        assertThat(call.path("response").asText()).isEqualTo("It is white");
        assertThat(call.path("inputTokens").asInt()).isEqualTo(7);
        assertThat(call.path("outputTokens").asInt()).isEqualTo(3);
        assertThat(call.path("cost").decimalValue()).isEqualByComparingTo("0.000044");
        assertThat(call.path("at").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void anObjectThatDoesNotFitIsSentBackAndBothAnswersArePaidFor(FeatureServer on) {
        ScriptedModels.script().answer("judge " + mark, "{\"mood\":\"glad\"}", "{\"mood\":\"glad\",\"weight\":7}");
        String run = ask(on, "OBJECT", "judge");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("glad");
        assertThat(done.at("/output/notes/0").asText()).isEqualTo("7");
        assertThat(calls(on, run).findValuesAsText("status")).containsExactly("INVALID", "SUCCEEDED");
        assertThat(calls(on, run).at("/0/error/code").asText()).isEqualTo("AI_INVALID_OBJECT");
        assertThat(calls(on, run).at("/0/error/message").asText()).contains("weight");
        long tokens = 0;
        for (JsonNode call : calls(on, run)) {
            tokens += call.path("inputTokens").asLong()
                    + call.path("outputTokens").asLong();
        }
        assertThat(done.at("/totals/tokens").asLong()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void anObjectThatNeverFitsFailsTheStageAfterItsAttempts(FeatureServer on) {
        ScriptedModels.script().answer("judge " + mark, "{\"mood\":\"glad\",\"weight\":-1}");
        String run = ask(on, "OBJECT", "judge");
        JsonNode failed = on.awaitStatus(run, "FAILED");

        assertThat(failed.at("/error/message").asText()).contains("AI_INVALID_OBJECT", "a weight is not negative");
        assertThat(calls(on, run).findValuesAsText("attempt")).containsExactly("1", "1", "2", "2");
        assertThat(calls(on, run).findValuesAsText("status")).containsOnly("INVALID");
        assertThat(failed.at("/totals/tokens").asLong()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void aStreamArrivesInPartsOnTheStagesThread(FeatureServer on) {
        ScriptedModels.script().answer("count " + mark, "one two three");
        String run = ask(on, "STREAM", "count");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("one two three");
        assertThat(done.at("/output/notes").toString()).isEqualTo("[\"one \",\"two \",\"three\"]");
        assertTotals(done, 5, "0.000034");
        assertThat(calls(on, run).at("/0/type").asText()).isEqualTo("STREAM");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void anEmbeddingHasItsOwnPrice(FeatureServer on) {
        String run = ask(on, "EMBED", "one two");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("[" + (8.0 + mark.length()) + ", 3.0]");
        assertTotals(done, 3, "0.000003");
        assertThat(calls(on, run).at("/0/type").asText()).isEqualTo("EMBEDDING");
        assertThat(calls(on, run).at("/0/response").asText()).isEqualTo("1 vectors of 2 dimensions");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void theCallsOfAFailedAttemptAreKeptAndCounted(FeatureServer on) {
        ScriptedModels.script().answer("twice " + mark, "yes");
        String run = ask(on, "TEXT_THEN_FAIL", "twice");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(calls(on, run).findValuesAsText("attempt")).containsExactly("1", "2");
        assertTotals(done, 6, "0.000028");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void aProviderInTroubleIsTriedAgainByTheStage(FeatureServer on) {
        ScriptedModels.script().fail("busy " + mark, 3, 429).answer("busy " + mark, "at last");
        String run = ask(on, "TEXT", "busy");
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("at last");
        assertThat(calls(on, run).findValuesAsText("status")).containsExactly("FAILED", "SUCCEEDED");
        assertThat(calls(on, run).at("/0/error/code").asText()).isEqualTo("AI_RATE_LIMITED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    @Tag("A-03")
    void whatCannotSucceedFailsAtOnce(FeatureServer on) {
        JsonNode unknown = on.awaitStatus(ask(on, "TEXT", "clever", "hello"), "FAILED");
        assertThat(unknown.at("/error/code").asText()).isEqualTo("AI_MODEL_UNKNOWN");
        assertThat(unknown.at("/error/message").asText()).contains("'clever'", "keyless", "probe");
        assertThat(unknown.at("/stages/0/attempt").asInt()).isEqualTo(1);

        JsonNode refused = on.awaitStatus(ask(on, "TEXT", "keyless", "hello"), "FAILED");
        assertThat(refused.at("/error/code").asText()).isEqualTo("AI_UNAUTHORIZED");
        assertThat(refused.at("/stages/0/attempt").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-02")
    @Tag("D-10")
    void aBatchIsSubmittedPolledAndCountedOnceAtItsDiscount(FeatureServer on) {
        ScriptedModels.script()
                .answer("first " + mark, "{\"mood\":\"glad\",\"weight\":1}")
                .answer("second " + mark, "{\"mood\":\"sad\"}")
                .fail("third " + mark, 1, 400);
        String run = on.startRun(
                "asks-ai-by-batch",
                Map.of(
                        "input",
                        Map.of(
                                "texts",
                                List.of("first " + mark, "second " + mark, "third " + mark),
                                "topic",
                                mark + "/batch")));
        on.awaitStatus(run, "SUSPENDED");
        assertThat(calls(on, run).findValuesAsText("status"))
                .containsOnly("SUBMITTED")
                .hasSize(3);
        assertThat(statistics(on, "topic=" + mark).at("/total/submitted").asInt())
                .isEqualTo(3);
        Await.until(
                "several polls",
                PATIENCE,
                () -> ScriptedModels.server()
                                .requests("/v1/batches/"
                                        + calls(on, run).at("/0/batchId").asText())
                                .size()
                        >= 3);

        ScriptedModels.script().finishBatch("first " + mark);
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/moods").toString()).isEqualTo("[\"glad\",\"AI_INVALID_OBJECT\",\"AI_REJECTED\"]");
        assertThat(calls(on, run)).hasSize(3);
        assertThat(calls(on, run).findValuesAsText("status"))
                .containsExactlyInAnyOrder("SUCCEEDED", "INVALID", "FAILED");
        assertThat(calls(on, run).findValuesAsText("prompt")).contains("[user] first " + mark, "[user] third " + mark);
        // two answered prompts of 2 words in at 2 and 1 word out at 10 per million, at half the price
        assertTotals(done, 6, "0.000014");
        JsonNode total = statistics(on, "topic=" + mark).path("total");
        assertThat(total.path("calls").asInt()).isEqualTo(3);
        assertThat(total.path("failed").asInt()).isEqualTo(2);
        assertThat(total.path("submitted").asInt()).isZero();
        assertThat(total.path("cost").decimalValue()).isEqualByComparingTo("0.000014");
    }

    private static JsonNode statistics(FeatureServer on, String query) {
        return on.http().get("/api/ai-calls/statistics?" + query).json();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-03")
    void figuresAreSummedByTopicAndModel(FeatureServer on) {
        ScriptedModels.script().answer(mark, "yes");
        List<String> runs = List.of(ask(on, "TEXT", "one"), ask(on, "TEXT", "two"), ask(on, "STREAM", "three"));
        runs.forEach(run -> on.awaitStatus(run, "COMPLETED"));

        JsonNode figures = statistics(on, "topic=" + mark + "&model=probe");
        assertThat(figures.path("items").findValuesAsText("topic")).containsExactly(mark + "/TEXT", mark + "/STREAM");
        assertThat(figures.at("/items/0/calls").asInt()).isEqualTo(2);
        assertThat(figures.at("/items/0/inputTokens").asInt()).isEqualTo(4);
        assertThat(figures.at("/items/0/outputTokens").asInt()).isEqualTo(2);
        BigDecimal sum = figures.at("/items/0/cost")
                .decimalValue()
                .add(figures.at("/items/1/cost").decimalValue());
        assertThat(figures.at("/total/cost").decimalValue())
                .isEqualByComparingTo(sum)
                .isEqualByComparingTo("0.000042");
        assertThat(statistics(on, "topic=" + mark + "/S").at("/total/calls").asInt())
                .isEqualTo(1);
        assertThat(statistics(on, "topic=" + mark + "&model=other")
                        .at("/total/calls")
                        .asInt())
                .isZero();
        assertThat(statistics(on, "topic=" + mark + "&to=2020-01-01T00:00:00Z")
                        .at("/total/calls")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-03")
    void badQuestionsAboutCallsAreRefused(FeatureServer on) {
        String run = ask(on, "EMBED", "one");
        on.awaitStatus(run, "COMPLETED");
        for (String query : List.of("?limit=0", "?limit=x", "?cursor=nonsense")) {
            HttpApi.Reply reply = on.http().get("/api/runs/" + run + "/ai-calls" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.json().path("code").asText()).isEqualTo("INVALID_PARAMETER");
        }
        assertThat(on.http().get("/api/runs/none/ai-calls").status()).isEqualTo(404);
        assertThat(on.http().get("/api/ai-calls/statistics?from=yesterday").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-01")
    void theSampleClassifiesAndAnswersALetter(FeatureServer on) {
        ScriptedModels.script()
                .answer(mark, "{\"office\":\"WATER\",\"urgency\":5,\"gist\":\"burst pipe\"}", "We are on our way.");
        String run = on.startRun(
                "answer-letter", Map.of("input", Map.of("from", "Ms Park", "text", "A pipe has burst " + mark)));
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/office").asText()).isEqualTo("WATER");
        assertThat(done.at("/output/reply").asText()).isEqualTo("We are on our way.");
        assertThat(calls(on, run).findValuesAsText("topic")).containsExactly("letters/classify", "letters/draft");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("A-03")
    void modelsAndProtocolsOfTheApplicationAreBeans(FeatureServer on) {
        JsonNode done = on.awaitStatus(ask(on, "TEXT", "house", "abc"), "COMPLETED");
        assertThat(done.at("/output/text").asText())
                .isEqualTo(new StringBuilder("abc " + mark).reverse().toString());
        assertTotals(done, 2, "0.000002");

        JsonNode refused = on.awaitStatus(ask(on, "EMBED", "house", "abc"), "FAILED");
        assertThat(refused.at("/error/code").asText()).isEqualTo("AI_UNSUPPORTED");
    }
}
