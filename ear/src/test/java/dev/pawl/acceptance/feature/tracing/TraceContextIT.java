package dev.pawl.acceptance.feature.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** These servers record no spans; what comes with a trace goes on with it all the same. */
@Tag("E-06")
class TraceContextIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SPAN = "b7ad6b7169203331";

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String parent(String trace) {
        return "00-" + trace + "-" + SPAN + "-01";
    }

    @ParameterizedTest
    @EnumSource(FeatureServer.class)
    void aTraceGoesFromARequestThroughItsStepsToItsEvents(FeatureServer server) throws Exception {
        String trace = newTrace();
        try (JmsClient client = server.server().jms();
                JMSContext jms = client.factory().createContext();
                JMSConsumer events =
                        jms.createConsumer(jms.createTopic("events"), "ce_traceparent = '" + parent(trace) + "'")) {
            String run = server.http()
                    .post(
                            "/api/workflows/traced/runs",
                            Map.of("input", Map.of("spans", List.of())),
                            Map.of("traceparent", parent(trace), "tracestate", "vendor=42"))
                    .json()
                    .path("id")
                    .asText();

            JsonNode view = server.awaitStatus(run, "COMPLETED");
            assertThat(view.at("/output/spans"))
                    .extracting(JsonNode::asText)
                    .containsExactly(trace + "/" + SPAN, trace + "/" + SPAN);
            Message event = events.receive(PATIENCE.toMillis());
            assertThat(event.getStringProperty("ce_subject")).isEqualTo(run);
            assertThat(event.getStringProperty("ce_tracestate")).isEqualTo("vendor=42");
        }
    }

    @ParameterizedTest
    @EnumSource(FeatureServer.class)
    void aTraceGoesFromAMessageToItsRun(FeatureServer server) {
        String trace = newTrace();
        String correlation = "traced-" + trace;
        try (JmsClient client = server.server().jms()) {
            client.send(
                    "commands",
                    "{\"type\":\"run.create\",\"workflowId\":\"traced\",\"input\":{\"spans\":[]},\"correlationId\":\""
                            + correlation + "\"}",
                    Map.of("traceparent", parent(trace)));
        }
        String path = "/api/runs?status=COMPLETED&correlationId=" + correlation;
        Await.until(
                "the run of the message",
                PATIENCE,
                () -> server.http().get(path).json().path("items").size() == 1);
        String run = server.http().get(path).json().at("/items/0/id").asText();
        assertThat(server.run(run).at("/output/spans/1").asText()).isEqualTo(trace + "/" + SPAN);
    }

    @ParameterizedTest
    @EnumSource(FeatureServer.class)
    void whatComesWithoutATraceOrWithABadOneHasNone(FeatureServer server) {
        for (String parent : List.of("", "00-xyz-1-01")) {
            String run = server.http()
                    .post(
                            "/api/workflows/traced/runs",
                            Map.of("input", Map.of("spans", List.of())),
                            Map.of("traceparent", parent))
                    .json()
                    .path("id")
                    .asText();
            assertThat(server.awaitStatus(run, "COMPLETED")
                            .at("/output/spans/0")
                            .asText())
                    .isEqualTo("0".repeat(32) + "/" + "0".repeat(16));
        }
    }
}
