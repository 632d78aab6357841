package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.JmsClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What expressions may cost at most. That the limits are settings is shown on servers of their own. */
@Tag("M-13")
class EvaluationLimitsIT {

    static final String SERIES = """
            entity Series {
              property required id: string
              property numbers: number[] = []
              property total: number = 0
              command add() {
                mutate total = sum(self.numbers, (n) => n + 1)
                emit SeriesAdded
              }
              command dig() {
                guard %strue
                mutate total = 1
              }
            }
            store Series in postgres
            event SeriesAdded: "series.added" { total: number }
            """.formatted("not ".repeat(70));

    private static final FeatureServer SERVER = FeatureServer.EMBEDDED;

    private EntityApi api;

    @BeforeEach
    void deploy() {
        api = EntityApi.of(SERVER.http());
        Reply deployed = api.deploy("series", SERIES);
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
    }

    /** The id of an instance with this many numbers. */
    static String series(EntityApi api, int numbers) {
        String id = UUID.randomUUID().toString();
        Reply created =
                api.create("Series", "{\"id\":\"" + id + "\",\"numbers\":" + Collections.nCopies(numbers, 1) + "}");
        assertThat(created.status()).isEqualTo(201);
        return id;
    }

    static void assertExceeded(JsonNode result, String message) {
        assertThat(result.path("success").asBoolean()).isFalse();
        assertThat(result.path("error").asText()).isEqualTo(message);
        assertThat(result.path("code").asText()).isEqualTo("BUDGET_EXCEEDED");
    }

    @Test
    void aCommandThatNeedsTooManyStepsIsAFailedResultAndChangesNothing() {
        String id = series(api, 5_000);

        Reply reply = api.run("Series", id, "add", "{}");

        assertThat(reply.status()).isEqualTo(422);
        assertExceeded(reply.json(), "Evaluation budget exceeded: steps limit 10000 reached");
        try (JmsClient jms = SERVER.server().jms()) {
            assertExceeded(
                    EntityApi.request(jms, "Series", id, "add", "{}", Map.of()),
                    "Evaluation budget exceeded: steps limit 10000 reached");
        }
        assertThat(api.history("Series", id)).isEmpty();
    }

    @Test
    void anExpressionThatIsTooDeepIsAFailedResult() {
        Reply reply = api.run("Series", series(api, 1), "dig", "{}");

        assertThat(reply.status()).isEqualTo(422);
        assertExceeded(reply.json(), "Evaluation budget exceeded: depth limit 64 reached");
    }

    @Test
    void aReadThatNeedsTooManyStepsIsAProblemWithACode() {
        String id = series(api, 5_000);
        api.deploy("series", SERIES.replace("= []", "= []\n  computed doubled = sum(self.numbers, (n) => n * 2)"));

        Reply read = api.get("/api/entities/Series/" + id);

        assertThat(read.status()).isEqualTo(422);
        assertThat(read.header("Content-Type")).startsWith("application/problem+json");
        assertThat(read.json().path("code").asText()).isEqualTo("BUDGET_EXCEEDED");
        assertThat(read.json().path("detail").asText())
                .isEqualTo("Evaluation budget exceeded: steps limit 10000 reached");
        assertThat(series(api, 5_000))
                .as("what was stored is not called refused")
                .isNotEmpty();
    }

    @Test
    void commandsAtTheSameTimeHaveABudgetEach() throws Exception {
        List<String> ids = Collections.nCopies(8, 1_500).stream()
                .map(numbers -> series(api, numbers))
                .toList();

        List<Reply> replies = EntityApi.together(ids.stream()
                .map(id -> (java.util.concurrent.Callable<Reply>) () -> api.run("Series", id, "add", "{}"))
                .toList());

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(200));
    }
}
