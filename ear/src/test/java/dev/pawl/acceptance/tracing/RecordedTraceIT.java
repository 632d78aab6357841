package dev.pawl.acceptance.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.tracing.probe.TracedWorkflows;
import dev.pawl.acceptance.server.Archive;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenTelemetry is switched on by its standard settings alone. */
@Tag("E-06")
class RecordedTraceIT {

    private static final Path FOLDER = Path.of("target/acceptance/RecordedTraceIT");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    @Test
    void oneTraceGoesFromTheRequestThroughTheStepsToTheEvents() throws Exception {
        Path jar = Archive.empty()
                .addPackageOf(TracedWorkflows.class, "")
                .addText("META-INF/beans.xml", BEANS)
                .writeTo(FOLDER.resolve("traced-workflows.jar"));
        try (Collector collector = Collector.start();
                LibertyServer server = LibertyServer.in(FOLDER.resolve("server"))
                        .applicationLibrary(jar)
                        .variable("otel.sdk.disabled", "false")
                        .variable("otel.service.name", "pawl")
                        .variable("otel.exporter.otlp.protocol", "http/protobuf")
                        .variable("otel.exporter.otlp.endpoint", collector.address())
                        .variable("otel.metrics.exporter", "none")
                        .variable("otel.logs.exporter", "none")
                        .variable("otel.bsp.schedule.delay", "200")
                        .build()
                        .start();
                JmsClient client = server.jms();
                JMSContext jms = client.factory().createContext();
                JMSConsumer events = jms.createConsumer(jms.createTopic("events"), "ce_type = 'workflow:completed'")) {
            String run = start(server.http());
            JsonNode spansSeen = completed(server, run).at("/output/spans");
            Message event = events.receive(PATIENCE.toMillis());

            Await.until("all spans", PATIENCE, () -> publishing(collector, event) != null);
            ExportedSpan create = one(collector, span -> span.name().equals("run.create"));
            ExportedSpan first = one(collector, span -> span.name().equals("traced one"));
            ExportedSpan second = one(collector, span -> span.name().equals("traced two"));
            ExportedSpan request = one(collector, span -> span.spanId().equals(create.parentId()));
            assertThat(request.parentId())
                    .as("the request follows from its sender")
                    .isEqualTo(SPAN);
            assertThat(first.parentId()).isEqualTo(create.spanId());
            assertThat(second.parentId()).isEqualTo(create.spanId());
            assertThat(publishing(collector, event).parentId()).isEqualTo(create.spanId());
            assertThat(spansSeen)
                    .as("what user code hands on to those it calls")
                    .extracting(JsonNode::asText)
                    .containsExactly(TRACE + "/" + first.spanId(), TRACE + "/" + second.spanId());
            assertThat(event.getStringProperty("ce_subject")).isEqualTo(run);
        }
    }

    private static String start(HttpApi http) {
        return http.post(
                        "/api/workflows/traced/runs",
                        Map.of("input", Map.of("spans", List.of())),
                        Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"))
                .json()
                .path("id")
                .asText();
    }

    private static JsonNode completed(LibertyServer server, String run) {
        JsonNode[] last = new JsonNode[1];
        Await.until("the run", PATIENCE, () -> {
            last[0] = server.http().get("/api/runs/" + run).json();
            return last[0].path("status").asText().equals("COMPLETED");
        });
        return last[0];
    }

    private static ExportedSpan one(Collector collector, Predicate<ExportedSpan> wanted) {
        List<ExportedSpan> found =
                collector.ofTrace(TRACE).stream().filter(wanted).toList();
        assertThat(found).as("spans of the trace: " + collector.ofTrace(TRACE)).hasSize(1);
        return found.get(0);
    }

    /** The span an event names, which is that of its publication. */
    private static ExportedSpan publishing(Collector collector, Message event) throws Exception {
        String parent = event.getStringProperty("ce_traceparent");
        return collector.ofTrace(TRACE).stream()
                .filter(span -> span.name().equals("events publish"))
                .filter(span -> parent.equals("00-" + TRACE + "-" + span.spanId() + "-01"))
                .findFirst()
                .orElse(null);
    }
}
