package dev.pawl.samples.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ai.OpenAiProvider;
import dev.pawl.ai.wire.ProviderServer;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.samples.letters.Classified.Office;
import dev.pawl.samples.letters.ClassifyBacklog.Piles;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Once with a model that is a function, once over the wire. */
@Tag("J-10")
class LettersTest {

    private static final Letter PIPE = new Letter("Ms Park", "A pipe has burst in Mill Lane");
    private static final Letter BENCH = new Letter("Mr Bench", "Thank you for the new bench");
    private static final String FOR_WATER = "{\"office\":\"WATER\",\"urgency\":5,\"gist\":\"burst pipe\"}";
    private static final String FOR_PARKS = "{\"office\":\"PARKS\",\"urgency\":1,\"gist\":\"thanks\"}";

    private final ProviderServer provider = ProviderServer.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    @Tag("A-01")
    void aModelCanBeAFunction() {
        TestEngine engine = TestEngine.with(AnswerLetter.pipeline("letters"))
                .mockModel("letters", text -> text.contains("pipe") ? FOR_WATER : FOR_PARKS);
        TestRun run = engine.start("answer-letter", PIPE);

        assertThat(run.output(Draft.class)).isEqualTo(new Draft(Office.WATER, 5, FOR_WATER));
        assertThat(run.aiCalls()).extracting(AiCallView::topic).containsExactly("letters/classify", "letters/draft");
    }

    @Test
    @Tag("A-01")
    void aLetterIsClassifiedAndAnswered() {
        provider.script()
                .answer("You sort letters", "I would say: water.", FOR_WATER)
                .answer("You are the office WATER", "Dear Ms Park, we are on our way.");
        TestRun run = overTheWire().start("answer-letter", PIPE);

        assertThat(run.output(Draft.class)).isEqualTo(new Draft(Office.WATER, 5, "Dear Ms Park, we are on our way."));
        assertThat(run.stage("draft-reply").progress().toString()).contains("we are on our way.");
        assertThat(run.aiCalls())
                .extracting(AiCallView::status)
                .extracting(Enum::name)
                .containsExactly("INVALID", "SUCCEEDED", "SUCCEEDED");
        assertThat(run.view().totals().cost()).isPositive();
    }

    @Test
    @Tag("A-02")
    void aBacklogIsSortedOvernight() {
        provider.script().answer("pipe", FOR_WATER).answer("bench", FOR_PARKS).answer("gibberish", "?");
        TestEngine engine = overTheWire();
        TestRun run = engine.start("sort-backlog", new Backlog(List.of(PIPE, BENCH, new Letter("Anon", "gibberish"))));
        engine.advance(Duration.ofHours(8));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);

        provider.script().finishBatch("pipe");
        engine.advance(Duration.ofMinutes(10));

        assertThat(run.output(Piles.class))
                .isEqualTo(new Piles(
                        Map.of(Office.WATER, List.of("letter-0"), Office.PARKS, List.of("letter-1")),
                        List.of("letter-2")));
        assertThat(run.aiCalls()).hasSize(3);
    }

    private TestEngine overTheWire() {
        AiModel model = AiModel.of("letters", "openai", "gpt-test")
                .withBaseUrl(provider.openAiUrl())
                .withApiKey(ProviderServer.KEY)
                .withPrices(AiPrices.of("0.15", "0.60").withBatchDiscount("0.5"));
        return TestEngine.with(AnswerLetter.pipeline("letters"), SortBacklog.pipeline("letters"))
                .models(new AiModels(List.of(model), List.of(new OpenAiProvider())));
    }
}
