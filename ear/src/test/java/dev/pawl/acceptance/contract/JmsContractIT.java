package dev.pawl.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** JMS in good and bad use. */
@ExtendWith(SharedServer.class)
class JmsContractIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpApi http;
    private final JmsClient jms;

    JmsContractIT(LibertyServer server) {
        this.http = server.http();
        this.jms = server.jms();
    }

    @AfterEach
    void close() {
        jms.close();
    }

    @Test
    @Tag("E-03")
    void aCommandIsAnsweredUnderItsCorrelationIdAndItsRunCompletes() throws Exception {
        try (JMSContext context = jms.factory().createContext()) {
            Queue replies = context.createTemporaryQueue();
            Message request = context.createTextMessage(create(UUID.randomUUID().toString()));
            request.setJMSReplyTo(replies);
            request.setJMSCorrelationID("my-own");
            JMSConsumer consumer = context.createConsumer(replies);
            context.createProducer().send(context.createQueue("commands"), request);

            Message reply = consumer.receive(PATIENCE.toMillis());

            assertThat(reply).isNotNull();
            assertThat(reply.getJMSCorrelationID()).isEqualTo("my-own");
            JsonNode body = JSON.readTree(reply.getBody(String.class));
            assertThat(body.path("ok").asBoolean()).isTrue();
            String run = body.path("result").path("runId").asText();
            JsonNode done = SharedServer.awaitCompleted(http, run);
            assertThat(done.path("output").path("language").asText()).isEqualTo("en");
        }
    }

    @Test
    @Tag("E-03")
    void withoutACorrelationIdTheMessageIdIsIt() throws Exception {
        try (JMSContext context = jms.factory().createContext()) {
            Queue replies = context.createTemporaryQueue();
            Message request = context.createTextMessage("{\"type\":\"lease.reapStale\"}");
            request.setJMSReplyTo(replies);
            JMSConsumer consumer = context.createConsumer(replies);
            context.createProducer().send(context.createQueue("commands"), request);

            Message reply = consumer.receive(PATIENCE.toMillis());

            assertThat(reply).isNotNull();
            assertThat(reply.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        }
    }

    @Test
    @Tag("K-03")
    void theSameKeyIsTheSameRunAndAnotherCommandUnderItIsRefused() {
        Map<String, String> key = Map.of("idempotencyKey", UUID.randomUUID().toString());
        String correlation = UUID.randomUUID().toString();

        JsonNode first = ask(create(correlation), key);
        JsonNode second = ask(create(correlation), key);
        JsonNode other = ask(create(UUID.randomUUID().toString()), key);

        assertThat(first.path("ok").asBoolean()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(other.at("/error/code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(SharedServer.runsWith(http, correlation)).isEqualTo(1);
    }

    @Test
    @Tag("E-03")
    void aRefusalIsAnsweredWithItsCode() {
        JsonNode refused = ask("{\"type\":\"run.create\",\"workflowId\":\"nobody\"}", Map.of());
        JsonNode invalid =
                ask("{\"type\":\"run.create\",\"workflowId\":\"document-processor\",\"input\":{\"text\":7}}", Map.of());

        assertThat(refused.path("ok").asBoolean(true)).isFalse();
        assertThat(refused.at("/error/code").asText()).isEqualTo("WORKFLOW_NOT_FOUND");
        assertThat(invalid.at("/error/code").asText()).isEqualTo("INVALID_INPUT");
        assertThat(invalid.at("/error/errors/0/pointer").asText()).isEqualTo("/input/text");
    }

    @Test
    @Tag("K-34")
    void aRunIsSteeredByCommands() {
        String run = SharedServer.awaitCompleted(http, start()).path("id").asText();

        assertThat(ask("{\"type\":\"run.cancel\",\"runId\":\"" + run + "\"}", Map.of())
                        .at("/result/cancelled")
                        .asBoolean(true))
                .isFalse();
        assertThat(ask("{\"type\":\"run.transition\",\"runId\":\"" + run + "\"}", Map.of())
                        .at("/result/result")
                        .asText())
                .isEqualTo("NOOP");
        assertThat(ask("{\"type\":\"run.pause\",\"runId\":\"nobody\"}", Map.of())
                        .at("/error/code")
                        .asText())
                .isEqualTo("RUN_NOT_FOUND");
        assertThat(ask("{\"type\":\"run.claimPending\",\"maxClaims\":5}", Map.of())
                        .path("ok")
                        .asBoolean())
                .isTrue();
        assertThat(ask("{\"type\":\"outbox.flush\"}", Map.of()).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    @Tag("K-13")
    void aJobDeliveredAgainIsAnsweredWithItsStoredOutput() {
        JsonNode run = SharedServer.awaitCompleted(http, start());
        JsonNode stage = run.path("stages").path(0);
        String command =
                "{\"type\":\"job.execute\",\"runId\":\"" + run.path("id").asText() + "\",\"stageId\":\""
                        + stage.path("id").asText() + "\"}";

        JsonNode answer = ask(command, Map.of());

        assertThat(answer.at("/result/answer").asText()).as(answer.toString()).isEqualTo("COMPLETED");
        assertThat(answer.at("/result/output")).isEqualTo(stage.path("output"));
        JsonNode after = http.get("/api/runs/" + run.path("id").asText()).json();
        assertThat(after.path("version")).isEqualTo(run.path("version"));
    }

    @Test
    void whatCannotBeAppliedIsADeadLetterWithItsReasonAndNothingIsStored() throws Exception {
        String correlation = UUID.randomUUID().toString();
        Map<String, String> unusable = Map.of(
                "{\"type\":\"run.fly\",\"correlationId\":\"" + correlation + "\"}",
                "UNKNOWN_COMMAND: ",
                "{\"type\":\"run.create\",",
                "VALIDATION_FAILED: ",
                "{\"type\":\"run.create\",\"workflowId\":\"nobody\"}",
                "WORKFLOW_NOT_FOUND: ",
                create(correlation).replace("\"type\"", "\"color\":\"red\",\"type\""),
                "VALIDATION_FAILED: ",
                create(correlation).replace(correlation, correlation + "\\u0000"),
                "VALIDATION_FAILED: ");
        for (Map.Entry<String, String> command : unusable.entrySet()) {
            jms.send(
                    "commands",
                    command.getKey(),
                    Map.of("idempotencyKey", UUID.randomUUID().toString()));

            Optional<Message> dead = jms.receive("commands.dead", PATIENCE);

            assertThat(dead).as(command.getKey()).isPresent();
            assertThat(dead.get().getBody(String.class)).isEqualTo(command.getKey());
            assertThat(dead.get().getStringProperty("reason")).startsWith(command.getValue());
            assertThat(dead.get().getStringProperty("originalMessageId")).startsWith("ID:");
            assertThat(dead.get().getStringProperty("idempotencyKey")).isNotBlank();
        }
        assertThat(SharedServer.runsWith(http, correlation)).isZero();
        assertThat(jms.browse("commands")).isEmpty();
    }

    @Test
    void anUnknownCommandIsAnsweredToo() {
        JsonNode answer = ask("{\"type\":\"run.fly\"}", Map.of());

        assertThat(answer.at("/error/code").asText()).isEqualTo("UNKNOWN_COMMAND");
        assertThat(jms.receive("commands.dead", PATIENCE)).isPresent();
    }

    @Test
    void aMessageThatIsNoTextIsADeadLetter() throws Exception {
        try (JMSContext context = jms.factory().createContext()) {
            context.createProducer().send(context.createQueue("commands"), Map.of("type", "run.create"));
        }

        Optional<Message> dead = jms.receive("commands.dead", PATIENCE);

        assertThat(dead).isPresent();
        assertThat(dead.get().getStringProperty("reason")).startsWith("VALIDATION_FAILED: ");
    }

    @Test
    void aCommandBeyondTheLimitIsADeadLetterAndOneBelowItIsNot() throws Exception {
        String correlation = UUID.randomUUID().toString();
        String below = create(correlation).replace(SharedServer.TEXT, "word ".repeat(50_000));
        String beyond = create(correlation).replace(SharedServer.TEXT, "word ".repeat(70_000));

        jms.send("commands", beyond, Map.of());
        Optional<Message> dead = jms.receive("commands.dead", PATIENCE);
        jms.send("commands", below, Map.of());

        assertThat(dead).isPresent();
        assertThat(dead.get().getStringProperty("reason")).contains("pawl.jms.max-body-bytes");
        assertThat(dead.get().getBody(String.class)).isEqualTo(beyond);
        Await.until("the run below the limit", PATIENCE, () -> SharedServer.runsWith(http, correlation) == 1);
    }

    @Test
    void bytesOfUtf8AreACommandToo() {
        String correlation = UUID.randomUUID().toString();
        try (JMSContext context = jms.factory().createContext()) {
            context.createProducer()
                    .send(context.createQueue("commands"), create(correlation).getBytes(StandardCharsets.UTF_8));
        }

        Await.until("the run of a bytes message", PATIENCE, () -> SharedServer.runsWith(http, correlation) == 1);
    }

    @Test
    void aSenderThatIsGoneDoesNotUndoItsCommand() throws Exception {
        String correlation = UUID.randomUUID().toString();
        try (JMSContext context = jms.factory().createContext()) {
            TemporaryQueue gone = context.createTemporaryQueue();
            Message request = context.createTextMessage(create(correlation));
            request.setJMSReplyTo(gone);
            gone.delete();
            context.createProducer().send(context.createQueue("commands"), request);
        }

        Await.until("the run of a sender that is gone", PATIENCE, () -> SharedServer.runsWith(http, correlation) == 1);
    }

    @Test
    @Tag("E-07")
    @Tag("K-26")
    @Tag("K-22")
    void everyEventOfARunIsACloudEventOnTheTopicInOrder() throws Exception {
        String correlation = UUID.randomUUID().toString();
        List<String> types = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        try (JmsClient.Subscription all = jms.subscribe("events", "ce_correlationid = '" + correlation + "'");
                JmsClient.Subscription late = jms.subscribe(
                        "events",
                        "ce_type = 'workflow:completed' AND ce_sequence > 2 AND ce_correlationid = '" + correlation
                                + "'")) {
            JsonNode answer = ask(create(correlation), Map.of());
            String run = answer.at("/result/runId").asText();
            while (!types.contains("workflow:completed")) {
                Message event = all.next(PATIENCE).orElseThrow(() -> new AssertionError("after " + types));
                types.add(event.getStringProperty("ce_type"));
                sequences.add(event.getLongProperty("ce_sequence"));
                assertCloudEvent(event, run);
            }
            assertThat(late.next(PATIENCE)).isPresent();
            List<String> history = new ArrayList<>();
            http.get("/api/runs/" + run + "/events?limit=200")
                    .json()
                    .path("items")
                    .forEach(event -> history.add(event.path("type").asText()));
            assertThat(types).isEqualTo(history);
        }
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    private static void assertCloudEvent(Message event, String run) throws JMSException, JsonProcessingException {
        assertThat(event.getStringProperty("ce_specversion")).isEqualTo("1.0");
        assertThat(event.getStringProperty("ce_source")).isEqualTo("/pawl");
        assertThat(event.getStringProperty("ce_subject")).isEqualTo(run);
        assertThat(event.getStringProperty("ce_id")).isEqualTo(run + ":" + event.getLongProperty("ce_sequence"));
        assertThat(event.getStringProperty("ce_causationid")).isNotBlank();
        assertThat(event.getStringProperty("ce_datacontenttype")).isEqualTo("application/json");
        assertThat(Instant.parse(event.getStringProperty("ce_time"))).isNotNull();
        JsonNode body = JSON.readTree(event.getBody(String.class));
        assertThat(body.path("runId").asText()).isEqualTo(run);
        assertThat(body.path("workflowId").asText()).isEqualTo(SharedServer.WORKFLOW);
    }

    private String start() {
        return ask(create(UUID.randomUUID().toString()), Map.of())
                .at("/result/runId")
                .asText();
    }

    private JsonNode ask(String command, Map<String, String> properties) {
        try {
            return JSON.readTree(jms.request("commands", command, properties, PATIENCE)
                    .orElseThrow(() -> new AssertionError("no answer to " + command)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the answer is not JSON", e);
        }
    }

    private static String create(String correlation) {
        return "{\"type\":\"run.create\",\"workflowId\":\"document-processor\",\"correlationId\":\"" + correlation
                + "\",\"input\":{\"text\":\"" + SharedServer.TEXT + "\"}}";
    }
}
