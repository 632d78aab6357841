package dev.pawl.acceptance.feature.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each policy once, through the deployed application; what two servers do together is shown where they share a store. */
class FlowControlIT {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final String id = "limit-" + UUID.randomUUID();

    private String start(FeatureServer server, String workflow, String key, String name, String gate) {
        return server.startRun(workflow, Map.of("input", Map.of("key", key, "name", name, "gate", gate)));
    }

    private static JsonNode awaitWaiting(FeatureServer server, String run, String reason) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to wait for " + reason, Duration.ofSeconds(30), () -> {
            last[0] = server.run(run).path("waiting").path(0);
            return last[0].path("reason").asText().equals(reason);
        });
        return last[0];
    }

    private static String output(FeatureServer server, String run) {
        return server.awaitStatus(run, "COMPLETED").path("output").asText();
    }

    private static String failure(FeatureServer server, String run) {
        return server.awaitStatus(run, "FAILED").at("/error/code").asText();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R-06")
    void oneRunPerKeyAndTheNextSaysWhyItWaits(FeatureServer server) {
        String first = start(server, "limited-per-key", id, id + "-1", id);
        server.awaitReached(id);
        String second = start(server, "limited-per-key", id, id + "-2", "");
        String other = start(server, "limited-per-key", id + "-other", id + "-3", "");

        assertThat(output(server, other)).isEqualTo(id + "-3");
        JsonNode why = awaitWaiting(server, second, "LIMIT");
        assertThat(why.path("detail").asText()).contains("at most 1 at a time with /key = " + id);
        assertThat(server.run(second).path("status").asText()).isEqualTo("PENDING");

        server.open(id);
        assertThat(output(server, first)).isEqualTo(id + "-1");
        assertThat(output(server, second)).isEqualTo(id + "-2");
    }

    @Test
    @Tag("R-06")
    void aNoisyKeyLetsAQuietOneTakeItsTurn() {
        FeatureServer server = FeatureServer.POSTGRES;
        List<String> runs = new ArrayList<>();
        runs.add(start(server, "limited-in-turns", id + "-noisy", id + "-first", id));
        server.awaitReached(id);
        for (int number = 0; number < 20; number++) {
            runs.add(start(server, "limited-in-turns", id + "-noisy", id + "-noisy", ""));
        }
        for (int number = 0; number < 2; number++) {
            runs.add(start(server, "limited-in-turns", id + "-quiet", id + "-quiet", ""));
        }
        server.open(id);
        runs.forEach(run -> server.awaitStatus(run, "COMPLETED"));
        List<String> order =
                server.journal().stream().filter(line -> line.startsWith(id)).toList();
        assertThat(order).hasSize(23);
        assertThat(order.lastIndexOf(id + "-quiet"))
                .as("place of the last quiet run in %s", order)
                .isLessThan(6);
    }

    @Test
    @Tag("R-06")
    void aRunThatFindsNoTokenStartsWhenTheNextHasCome() {
        FeatureServer server = FeatureServer.POSTGRES;
        assertThat(output(server, start(server, "limited-rate", id, id + "-1", "")))
                .isNotEmpty();
        assertThat(output(server, start(server, "limited-rate", id, id + "-2", "")))
                .isNotEmpty();
        String third = start(server, "limited-rate", id, id + "-3", "");
        assertThat(awaitWaiting(server, third, "LIMIT").path("detail").asText()).contains("2 in PT1H");
        server.advance(Duration.ofMinutes(31));
        assertThat(output(server, third)).isEqualTo(id + "-3");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R-03")
    void aHundredStartsAreOneRunWithTheInputOfTheLast(FeatureServer server) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        Set<String> answers = new HashSet<>();
        try {
            List<Future<String>> starts = new ArrayList<>();
            for (int number = 0; number < 99; number++) {
                String name = id + "-" + number;
                starts.add(callers.submit(() -> start(server, "limited-debounced", id, name, "")));
            }
            for (Future<String> started : starts) {
                answers.add(started.get());
            }
        } finally {
            callers.shutdown();
        }
        String run = start(server, "limited-debounced", id, id + "-last", "");
        answers.add(run);
        assertThat(answers).containsExactly(run);
        assertThat(awaitWaiting(server, run, "DEBOUNCE").path("until").asText()).isNotEmpty();
        server.advance(AN_HOUR);
        assertThat(output(server, run)).isEqualTo(id + "-last");
        assertThat(server.noted(id + "-last")).isEqualTo(1);
    }

    @Test
    @Tag("R-02")
    void theSameInputIsComputedOnceWhileTheOthersWait() {
        FeatureServer server = FeatureServer.POSTGRES;
        List<String> runs = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            runs.add(start(server, "limited-cached", id, id, id));
        }
        server.awaitReached(id);
        runs.forEach(run -> Await.until("run " + run + " to be at work or wait", Duration.ofSeconds(30), () -> {
            String reason = server.run(run).at("/waiting/0/reason").asText();
            return reason.equals("RUNNING") || reason.equals("LIMIT");
        }));
        server.open(id);
        runs.forEach(run -> assertThat(output(server, run)).isEqualTo(id));
        assertThat(server.noted(id)).isEqualTo(1);
        server.advance(AN_HOUR);
        assertThat(output(server, start(server, "limited-cached", id, id, id))).isEqualTo(id);
        assertThat(server.noted(id)).isEqualTo(2);
    }

    @Test
    @Tag("R-05")
    void oneIsInOneWaitsAndTheThirdIsRefused() {
        FeatureServer server = FeatureServer.POSTGRES;
        String first = start(server, "limited-bulkhead", id, id + "-1", id);
        server.awaitReached(id);
        String second = start(server, "limited-bulkhead", id, id + "-2", "");
        awaitWaiting(server, second, "LIMIT");
        assertThat(failure(server, start(server, "limited-bulkhead", id, id + "-3", "")))
                .isEqualTo("BULKHEAD_FULL");
        server.open(id);
        assertThat(output(server, first)).isEqualTo(id + "-1");
        assertThat(output(server, second)).isEqualTo(id + "-2");
        assertThat(server.noted(id + "-2")).as("called once").isEqualTo(1);
        assertThat(server.noted(id + "-3")).isZero();
    }

    @Test
    @Tag("R-04")
    void twoFailuresOpenTheBreakerAndAProbeClosesIt() {
        FeatureServer server = FeatureServer.POSTGRES;
        server.open(id + "-broken");
        for (int number = 0; number < 2; number++) {
            assertThat(failure(server, start(server, "limited-breaker", id, id, "")))
                    .isEqualTo("STAGE_FAILED");
        }
        assertThat(failure(server, start(server, "limited-breaker", id, id, "")))
                .isEqualTo("CIRCUIT_OPEN");
        assertThat(server.noted(id)).as("the third was not called").isEqualTo(2);
        server.open(id + "-mended");
        server.advance(AN_HOUR);
        assertThat(output(server, start(server, "limited-breaker", id, id, ""))).isEqualTo(id);
        assertThat(output(server, start(server, "limited-breaker", id, id, ""))).isEqualTo(id);
    }

    @Test
    @Tag("R-01")
    void aListIsWorkedOnWithTwoAtATimeAndAnsweredInItsOrder() {
        FeatureServer server = FeatureServer.EMBEDDED;
        String run = server.startRun(
                "limited-list", Map.of("input", Map.of("name", id, "numbers", List.of(0, 1, 2, 3, 4, 5))));
        server.awaitReached(id + "-0");
        server.awaitReached(id + "-1");
        server.open(id + "-1");
        server.open(id + "-0");
        JsonNode output = server.awaitStatus(run, "COMPLETED").path("output");
        assertThat(output.path("squares").toString()).isEqualTo("[0,1,4,9,16,25]");
        assertThat(output.path("most").asInt()).isEqualTo(2);
    }
}
