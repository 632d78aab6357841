package dev.pawl.acceptance.feature.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is a row of the command's own transaction. */
class IdempotencyIT {

    private static final int CALLERS = 50;

    @ParameterizedTest
    @EnumSource
    @Tag("K-03")
    void fiftyCallersUnderOneKeyMakeOneRun(FeatureServer server) throws Exception {
        String key = UUID.randomUUID().toString();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<HttpApi.Reply> replies = new ArrayList<>();
        try {
            Callable<HttpApi.Reply> call = () -> start(server, key, key, "fifty");
            for (Future<HttpApi.Reply> reply : callers.invokeAll(Collections.nCopies(CALLERS, call))) {
                replies.add(reply.get());
            }
        } finally {
            callers.shutdown();
        }

        assertThat(replies).extracting(HttpApi.Reply::status).containsOnly(202);
        String run = replies.get(0).json().path("id").asText();
        assertThat(replies)
                .allSatisfy(
                        reply -> assertThat(reply.json().path("id").asText()).isEqualTo(run));
        server.awaitStatus(run, "COMPLETED");
        assertThat(server.history(run)).containsOnlyOnce("workflow:created");
        BusinessApi business = new BusinessApi(server.http());
        assertThat(business.count("pawl_run WHERE correlation_id = '" + key + "'"))
                .isEqualTo(1);
        assertThat(business.count("pawl_idempotency WHERE idem_key = '" + key + "'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-04")
    void aDuplicateWaitsForTheFirstCommandAndIsThenToldThatItIsInProgress(FeatureServer server) throws Exception {
        String key = UUID.randomUUID().toString();
        Future<HttpApi.Reply> first = placeAndWait(server, key, false);

        long begin = System.nanoTime();
        HttpApi.Reply duplicate = start(server, key, key, key);

        assertThat(duplicate.status()).as(duplicate.text()).isEqualTo(409);
        assertThat(duplicate.json().path("code").asText()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(4));
        server.open(key);
        String run = first.get().json().asText();
        assertThat(start(server, key, key, key).json().path("id").asText()).isEqualTo(run);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-04")
    void aFailureTakesTheKeyAlong(FeatureServer server) throws Exception {
        String key = UUID.randomUUID().toString();
        Future<HttpApi.Reply> first = placeAndWait(server, key, true);
        server.open(key);
        assertThat(first.get().status()).isEqualTo(500);

        HttpApi.Reply other = start(server, key, key, "another input");

        assertThat(other.status()).as(other.text()).isEqualTo(202);
        assertThat(new BusinessApi(server.http()).count("pawl_run WHERE correlation_id = '" + key + "'"))
                .isEqualTo(1);
    }

    /** A bean of the application starts a run under the key and keeps its transaction open. */
    private static Future<HttpApi.Reply> placeAndWait(FeatureServer server, String key, boolean fail) {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<HttpApi.Reply> reply = caller.submit(() -> new BusinessApi(server.http())
                .call("wait", Map.of("name", key, "key", key, "gate", key, "fail", Boolean.toString(fail))));
        caller.shutdown();
        server.awaitReached(key);
        return reply;
    }

    private static HttpApi.Reply start(FeatureServer server, String key, String correlation, String name) {
        return server.http()
                .post(
                        "/api/workflows/" + LocalWorkflows.ORDER + "/runs",
                        Map.of("input", Map.of("name", name), "correlationId", correlation),
                        Map.of("Idempotency-Key", key));
    }
}
