package dev.pawl.acceptance.feature.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.module.Orders;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bean of the application does with the engine belongs to the bean's own transaction. */
@Tag("K-31")
class CallerTransactionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PROGRAM = """
            entity LocalOrder {
              property required id: string
              property confirmed: boolean = false
              command confirm() {
                mutate confirmed = true
                emit LocalOrderConfirmed { id: self.id }
              }
            }
            store LocalOrder in postgres
            event LocalOrderConfirmed: "local-order.confirmed" { id: string }

            entity LocalEcho {
              property required id: string
              property count: number = 0
              command shout() {
                mutate count = self.count + 1
                emit LocalEchoed
              }
            }
            store LocalEcho in postgres
            event LocalEchoed: "local-echo.shouted" { result: number }
            on LocalEchoed run LocalEcho.shout
              resolve payload._subject.id
            """;

    @ParameterizedTest
    @EnumSource
    void whatTheBeanBeganIsAllThereWhenItReturns(FeatureServer server) throws JMSException {
        BusinessApi business = business(server);
        String name = name();
        try (JmsClient jms = server.server().jms();
                JmsClient.Subscription events = jms.subscribe("events", "ce_correlationid = '" + name + "'")) {
            HttpApi.Reply placed = business.call("place", Map.of("name", name));

            assertThat(placed.status()).as(placed.text()).isEqualTo(200);
            String run = placed.json().asText();
            JsonNode done = server.awaitStatus(run, "COMPLETED");
            assertThat(done.path("principal").asText()).isEqualTo("anonymous");
            assertThat(server.history(run)).startsWith("workflow:created").endsWith("workflow:completed");
            assertThat(business.count("business_order WHERE name = '" + name + "'"))
                    .isEqualTo(1);
            assertThat(server.http()
                            .get("/api/entities/LocalOrder/" + name)
                            .json()
                            .path("confirmed")
                            .asBoolean())
                    .isTrue();
            assertThat(events.next(PATIENCE).orElseThrow().getStringProperty("ce_type"))
                    .isEqualTo("workflow:created");
            assertThat(received(jms)).contains(name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfItWasEverThereWhenTheBeanThrows(FeatureServer server) throws JMSException {
        BusinessApi business = business(server);
        String name = name();
        try (JmsClient jms = server.server().jms()) {
            HttpApi.Reply placed = business.call("place", Map.of("name", name, "fail", "true"));

            assertThat(placed.status()).isEqualTo(500);
            assertThat(placed.text()).contains("not wanted after all");
            // what would have been sent before is there by the time that of a later order is
            String later = name();
            String run = business.call("place", Map.of("name", later)).json().asText();
            server.awaitStatus(run, "COMPLETED");
            assertThat(received(jms)).contains(later).doesNotContain(name);
        }
        assertThat(runsWith(server, name)).isEmpty();
        assertThat(business.count("pawl_run WHERE correlation_id = '" + name + "'"))
                .isZero();
        assertThat(business.count("pawl_idempotency WHERE idem_key LIKE '%" + name + "%'"))
                .isZero();
        assertThat(business.count("business_order WHERE name = '" + name + "'")).isZero();
        assertThat(business.count("pawl_instance WHERE id = '" + name + "'")).isZero();
        assertThat(business.count("pawl_entity_event WHERE instance_id = '" + name + "'"))
                .isZero();
        assertThat(server.http().get("/api/entities/LocalOrder/" + name).status())
                .isEqualTo(404);
        assertThat(server.noted("ordered " + name)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-05")
    void anEventTheBeanEmitsArrivesOnceItCommitsAndNeverWhenItThrows(FeatureServer server) {
        BusinessApi business = business(server);
        String name = name();
        String waiting = server.startRun("local-await-payment", Map.of("input", Map.of("name", name)));
        server.awaitStatus(waiting, "SUSPENDED");

        HttpApi.Reply thrown = business.call("pay", Map.of("name", name, "fail", "true"));

        assertThat(thrown.status()).isEqualTo(500);
        assertThat(thrown.text()).contains("not paid after all");
        assertThat(business.count("pawl_inbox WHERE correlation = '" + name + "'"))
                .isZero();
        assertThat(business.count("pawl_wait WHERE correlation = '" + name + "' AND ready_at IS NULL"))
                .as("still waits")
                .isEqualTo(1);
        assertThat(business.count("business_order WHERE name = '" + name + "'")).isZero();

        assertThat(business.call("pay", Map.of("name", name)).status()).isEqualTo(200);

        assertThat(server.awaitStatus(waiting, "COMPLETED").at("/output/name").asText())
                .isEqualTo(name);
        assertThat(business.count("business_order WHERE name = '" + name + "'")).isEqualTo(1);
        assertThat(business.count("pawl_inbox WHERE correlation = '" + name + "'"))
                .as("the second under the same identity is a double")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theTransactionSeesTheRunItBeganAndCanEndIt(FeatureServer server) {
        String name = name();

        JsonNode seen = business(server).call("cancel", Map.of("name", name)).json();

        assertThat(seen.path(1).asText()).isEqualTo("PENDING");
        assertThat(seen.path(2).asText()).isEqualTo("CANCELLED");
        assertThat(seen.path(3).asText()).isEqualTo("CANCELLED");
        assertThat(server.history(seen.path(0).asText())).containsExactly("workflow:created", "workflow:cancelled");
        assertThat(server.noted("ordered " + name)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-03")
    void twiceUnderOneKeyInOneTransactionIsOneRun(FeatureServer server) {
        String name = name();

        JsonNode runs = business(server)
                .call("twice", Map.of("name", name, "key", "twice-" + name))
                .json();

        assertThat(runs.path(0)).isEqualTo(runs.path(1));
        assertThat(runsWith(server, name)).containsExactly(runs.path(0).asText());
        server.awaitStatus(runs.path(0).asText(), "COMPLETED");
        assertThat(server.noted("ordered " + name)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalThatIsCaughtLeavesTheTransactionAsItWas(FeatureServer server) {
        BusinessApi business = business(server);
        String name = name();

        JsonNode codes = business.call("despite", Map.of("name", name)).json();

        assertThat(codes)
                .extracting(JsonNode::asText)
                .containsExactly(
                        "WORKFLOW_NOT_FOUND",
                        "INVALID_INPUT",
                        "RUN_NOT_FOUND",
                        "VALIDATION_FAILED",
                        "INSTANCE_NOT_FOUND",
                        "commits");
        assertThat(business.count("business_order WHERE name = '" + name + "'")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalThatIsNotCaughtTakesTheTransactionAlong(FeatureServer server) {
        BusinessApi business = business(server);
        String name = name();

        HttpApi.Reply refused = business.call("refused", Map.of("name", name));

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).contains("WORKFLOW_NOT_FOUND");
        assertThat(business.count("business_order WHERE name = '" + name + "'")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anEntityCommandRefusedAfterItWroteIsUndoneAlone(FeatureServer server) {
        String name = name();

        JsonNode seen = business(server).call("echo", Map.of("name", name)).json();

        assertThat(seen.path(1).asText()).isEqualTo("REACTION_DEPTH_EXCEEDED");
        assertThat(seen.path(2).asText()).isEqualTo("0");
        server.awaitStatus(seen.path(0).asText(), "COMPLETED");
    }

    @ParameterizedTest
    @EnumSource
    void aStageOfALibraryStartsARunByTheSameDoor(FeatureServer server) {
        String name = name();

        String outer = server.startRun(LocalWorkflows.OUTER, Map.of("input", Map.of("name", name)));

        String inner =
                server.awaitStatus(outer, "COMPLETED").at("/output/runId").asText();
        server.awaitStatus(inner, "COMPLETED");
        assertThat(server.noted("ordered " + name)).isEqualTo(1);
    }

    private static BusinessApi business(FeatureServer server) {
        HttpApi.Reply deployed = server.http()
                .send("POST", "/api/manifests?name=local-orders", PROGRAM, Map.of("Content-Type", "text/plain"));
        assertThat(deployed.status()).as(deployed.text()).isBetween(200, 201);
        return new BusinessApi(server.http());
    }

    private static String name() {
        return UUID.randomUUID().toString();
    }

    private static List<String> runsWith(FeatureServer server, String correlation) {
        List<String> runs = new ArrayList<>();
        server.http()
                .get("/api/runs?correlationId=" + correlation)
                .json()
                .path("items")
                .forEach(run -> runs.add(run.path("id").asText()));
        return runs;
    }

    /** Everything the business application has sent so far. */
    private static List<String> received(JmsClient jms) throws JMSException {
        List<String> texts = new ArrayList<>();
        Await.until(
                "a copy of the order", PATIENCE, () -> !jms.browse(Orders.QUEUE).isEmpty());
        for (Optional<Message> next = jms.receive(Orders.QUEUE, PATIENCE);
                next.isPresent();
                next = jms.receive(Orders.QUEUE, Duration.ofMillis(200))) {
            texts.add(next.get().getBody(String.class));
        }
        return texts;
    }
}
