package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs on the embedded database and broker. */
@ExtendWith(SecuredServer.class)
class ManifestProgramsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static SecuredServer.Running running;
    private static LibertyServer server;
    private static EntityApi api;

    @BeforeAll
    static void start(SecuredServer.Running secured) {
        running = secured;
        server = running.server();
        api = running.api();
        assertThat(api.deploy("counter", EntityApi.COUNTER).status()).isEqualTo(201);
    }

    static List<SampleStory> stories() {
        return SampleStory.all();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static String newInstance(String entity, String properties) {
        String id = newId();
        ObjectNode start = object(properties).put("id", id);
        Reply created = api.create(entity, start.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return id;
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    @Tag("M-18")
    void aSampleWorksOverHttp(SampleStory story) {
        String id = newInstance(story.entity(), story.start());
        for (SampleStory.Step step : story.steps()) {
            Reply reply = api.run(story.entity(), id, step.command(), step.input());
            assertThat(reply.status()).as(step.command() + ": " + reply.text()).isEqualTo(200);
            assertThat(reply.json().path("success").asBoolean()).isTrue();
        }
        assertEnding(story, id);
    }

    @ParameterizedTest
    @MethodSource("stories")
    @Tag("M-18")
    @Tag("E-03")
    void aSampleWorksByMessages(SampleStory story) {
        String id = newInstance(story.entity(), story.start());
        try (JmsClient jms = server.jms()) {
            for (SampleStory.Step step : story.steps()) {
                JsonNode reply = EntityApi.request(jms, story.entity(), id, step.command(), step.input(), Map.of());
                assertThat(reply.path("success").asBoolean())
                        .as(reply.toString())
                        .isTrue();
                assertThat(reply.path("ok").asBoolean()).isTrue();
            }
        }
        assertEnding(story, id);
    }

    private static void assertEnding(SampleStory story, String id) {
        JsonNode instance = api.instance(story.entity(), id);
        assertThat(instance.path(story.ending().property()).asText())
                .as(instance.toString())
                .isEqualTo(story.ending().value());
        assertThat(api.history(story.entity(), id)).hasSameSizeAs(story.steps());
    }

    @Test
    @Tag("M-18")
    void everyCommandOfTheSamplesIsInTheServersOpenApiDocument() {
        JsonNode paths =
                api.send("GET", "/openapi?format=JSON", null, Map.of()).json().path("paths");
        for (SampleStory story : SampleStory.all()) {
            for (SampleStory.Step step : story.steps()) {
                JsonNode input = paths.path("/api/entities/" + story.entity() + "/{id}/commands/" + step.command())
                        .at("/post/requestBody/content/application~1json/schema/properties");
                object(step.input()).fieldNames().forEachRemaining(name -> assertThat(
                                input.path(name).has("type"))
                        .as(story.entity() + "." + step.command() + "." + name)
                        .isTrue());
            }
        }
        JsonNode now = api.get("/api/manifests/openapi").json();
        assertThat(now.path("paths").has("/api/entities/Counter/{id}/commands/increment"))
                .as("deployed at run time")
                .isTrue();
    }

    @Test
    @Tag("M-05")
    @Tag("M-09")
    void whatRefusesSaysWhyInTheResultAndChangesNothing() {
        String order = newInstance("Order", "{}");
        Reply guard = api.run("Order", order, "place", "{\"customerId\":\"c1\",\"total\":0}");
        assertThat(guard.status()).isEqualTo(422);
        assertThat(guard.json().at("/guardFailure/index").asInt()).isEqualTo(2);
        assertThat(guard.json().path("code").asText()).isEqualTo("GUARD_FAILED");

        Reply transition = api.run("Order", order, "fulfill", "{}");
        assertThat(transition.status()).isEqualTo(422);
        assertThat(transition.json().path("error").asText())
                .isEqualTo("Invalid state transition for 'status': 'draft' -> 'fulfilled' is not allowed."
                        + " Allowed from 'draft': ['placed']");

        Reply input = api.run("Order", order, "place", "{\"customerId\":7,\"total\":\"x\"}");
        assertThat(input.status()).isEqualTo(422);
        assertThat(input.json().path("code").asText()).isEqualTo("INVALID_INPUT");

        String item = newInstance("InventoryItem", "{\"onHand\":1}");
        Reply constraint = api.run("InventoryItem", item, "consume", "{\"quantity\":5}");
        assertThat(constraint.status()).isEqualTo(422);
        assertThat(constraint.json().at("/constraintOutcomes/0/code").asText()).isEqualTo("stockOut");

        assertThat(api.get("/api/entities/Order/" + order).header("ETag")).isEqualTo("\"1\"");
        assertThat(api.history("Order", order)).isEmpty();
        assertThat(api.run("Order", "nobody", "fulfill", "{}").status()).isEqualTo(404);
        assertThat(api.run("Order", order, "fly", "{}").status()).isEqualTo(404);
        assertThat(api.run("Order", order, "place", "{").status()).isEqualTo(400);
        assertThat(api.run("Order", order, "place", "[]").status()).isEqualTo(400);
        assertThat(api.get("/api/entities/Nothing").status()).isEqualTo(404);
    }

    @Test
    @Tag("M-06")
    void aCommandWithoutAnIdMakesItsInstance() {
        Reply placed =
                api.send("POST", "/api/entities/Order/commands/place", "{\"customerId\":\"c9\",\"total\":3}", Map.of());
        assertThat(placed.status()).as(placed.text()).isEqualTo(200);
        String id = placed.json().path("instanceId").asText();
        assertThat(api.instance("Order", id).path("status").asText()).isEqualTo("placed");
    }

    @Test
    @Tag("M-12")
    @Tag("K-27")
    void anOldVersionIsAConflictThatStaysInTheLog() {
        String id = newInstance("Counter", "{}");
        String seen = api.get("/api/entities/Counter/" + id).header("ETag");
        assertThat(seen).isEqualTo("\"1\"");
        Reply first = api.run("Counter", id, "increment", "{}", Map.of("If-Match", seen));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).isEqualTo("\"2\"");

        Reply late = api.run("Counter", id, "increment", "{}", Map.of("If-Match", seen));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("code").asText()).isEqualTo("CONCURRENCY_CONFLICT");
        assertThat(late.json().at("/concurrencyConflict/actualVersion").asInt()).isEqualTo(2);
        assertThat(api.instance("Counter", id).path("value").asInt()).isEqualTo(1);
        assertThat(api.history("Counter", id))
                .extracting(event -> event.path("name").asText())
                .containsExactly("Incremented", "ConcurrencyConflict");
        assertThat(api.run("Counter", id, "increment", "{}", Map.of("If-Match", "soon"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Tag("M-11")
    @Tag("K-03")
    @Tag("K-04")
    void fiftyDuplicatesAtOnceAreExecutedOnceAndFailuresReplayToo() throws Exception {
        String id = newInstance("Counter", "{}");
        Map<String, String> key = Map.of("Idempotency-Key", newId());
        List<Reply> replies = EntityApi.together(
                Collections.nCopies(50, () -> api.run("Counter", id, "increment", "{\"by\":3}", key)));

        Set<String> answers = new HashSet<>();
        for (Reply reply : replies) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            answers.add(reply.text());
        }
        assertThat(answers).hasSize(1);
        assertThat(api.instance("Counter", id).path("value").asInt()).isEqualTo(3);
        assertThat(api.history("Counter", id)).hasSize(1);

        Reply reused = api.run("Counter", id, "increment", "{\"by\":4}", key);
        assertThat(reused.status()).isEqualTo(409);
        assertThat(reused.json().path("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");

        Map<String, String> failing = Map.of("Idempotency-Key", newId());
        Reply refused = api.run("Counter", id, "increment", "{\"by\":-1}", failing);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(api.run("Counter", id, "increment", "{\"by\":-1}", failing).text())
                .isEqualTo(refused.text());

        try (JmsClient jms = server.jms()) {
            Map<String, String> messageKey = Map.of("idempotencyKey", newId());
            JsonNode once = EntityApi.request(jms, "Counter", id, "increment", "{}", messageKey);
            assertThat(EntityApi.request(jms, "Counter", id, "increment", "{}", messageKey))
                    .isEqualTo(once);
            assertThat(once.path("version").asInt()).isEqualTo(3);
        }
    }

    @Test
    @Tag("M-05")
    void aCommandRefusedAfterItWroteLeavesNothing() {
        try (JmsClient jms = server.jms()) {
            api.assertUndoneCommandLeavesNothing(jms);
        }
    }

    @Test
    @Tag("M-10")
    @Tag("E-07")
    void eventsFormATreeOfCausesAndArriveOnTheTopicInOrder() throws Exception {
        String flow = newId();
        String first = newInstance("Counter", "{}");
        String second = newInstance("Counter", "{}");
        try (JmsClient jms = server.jms();
                JmsClient.Subscription topic = jms.subscribe("events", "ce_correlationid = '" + flow + "'")) {
            Reply cause =
                    api.run("Counter", first, "increment", "{}", Map.of("Correlation-Id", flow, "Causation-Id", "me"));
            String event = cause.json().at("/emittedEvents/0/id").asText();
            api.run("Counter", second, "increment", "{}", Map.of("Correlation-Id", flow, "Causation-Id", event));
            api.run("Counter", second, "increment", "{}", Map.of("Correlation-Id", flow, "Causation-Id", event));

            JsonNode tree = api.get("/api/events/tree?correlationId=" + flow).json();
            assertThat(tree.path("roots")).hasSize(1);
            assertThat(tree.at("/roots/0/event/id").asText()).isEqualTo(event);
            assertThat(tree.at("/roots/0/event/causationId").asText()).isEqualTo("me");
            assertThat(tree.at("/roots/0/effects")).hasSize(2);
            JsonNode page = api.get("/api/events?limit=2&correlationId=" + flow).json();
            assertThat(page.path("items")).hasSize(2);
            JsonNode rest = api.get("/api/events?limit=2&correlationId=" + flow + "&cursor="
                            + page.path("next").asText())
                    .json();
            assertThat(rest.path("items")).hasSize(1);
            assertThat(rest.has("next")).isFalse();

            List<String> arrived = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Message message = topic.next(PATIENCE).orElseThrow();
                arrived.add(message.getStringProperty("ce_subject") + " " + message.getLongProperty("ce_sequence") + " "
                        + message.getBody(String.class));
                assertThat(message.getStringProperty("ce_type")).isEqualTo("Incremented");
                assertThat(message.getStringProperty("ce_entity")).isEqualTo("Counter");
            }
            assertThat(arrived)
                    .containsExactlyInAnyOrder(
                            "Counter/" + first + " 1 {\"value\":1}",
                            "Counter/" + second + " 1 {\"value\":1}",
                            "Counter/" + second + " 2 {\"value\":2}");
            assertThat(arrived.indexOf("Counter/" + second + " 1 {\"value\":1}"))
                    .isLessThan(arrived.indexOf("Counter/" + second + " 2 {\"value\":2}"));
        }
    }

    @Test
    @Tag("M-08")
    void onlyTheAuthenticatedManagerOverridesAndTheLogSaysSo() {
        String id = newInstance("InventoryItem", "{\"onHand\":1}");
        String input = "{\"quantity\":2,\"$overrides\":[{\"constraintCode\":\"stockOut\",\"reason\":\"counted\","
                + "\"authorizedBy\":\"mia\"}]}";

        assertThat(api.run("InventoryItem", id, "consume", input).status()).isEqualTo(422);
        assertThat(running.as("carl", "cook")
                        .run("InventoryItem", id, "consume", input)
                        .status())
                .isEqualTo(422);
        Reply overridden = running.as("mia", "manager").run("InventoryItem", id, "consume", input);

        assertThat(overridden.status()).as(overridden.text()).isEqualTo(200);
        JsonNode applied = api.history("InventoryItem", id).get(0);
        assertThat(applied.path("name").asText()).isEqualTo("OverrideApplied");
        assertThat(applied.at("/payload/authorizedBy").asText()).isEqualTo("mia");
        assertThat(applied.at("/payload/reason").asText()).isEqualTo("counted");
        assertThat(applied.at("/payload/timestamp").asLong()).isPositive();
    }

    @Test
    @Tag("M-05")
    @Tag("J-07")
    void aPolicyRefusesWhoeverLacksTheRole() {
        api.deploy("vault", """
                entity Vault {
                  property required id: string
                  property opened: boolean = false
                  command open() {
                    mutate opened = true
                  }
                }
                store Vault in postgres
                policy onlyManagersOpen execute: user.role == "manager" "Only a manager opens it"
                """);
        String id = newInstance("Vault", "{}");

        Reply anonymous = api.run("Vault", id, "open", "{}");
        assertThat(anonymous.status()).as(anonymous.text()).isEqualTo(403);
        assertThat(anonymous.json().path("code").asText()).isEqualTo("POLICY_DENIED");
        assertThat(running.as("carl", "cook").run("Vault", id, "open", "{}").status())
                .isEqualTo(403);
        assertThat(api.instance("Vault", id).path("opened").asBoolean()).isFalse();
        assertThat(running.as("mia", "manager").run("Vault", id, "open", "{}").status())
                .isEqualTo(200);
        try (JmsClient jms = server.jms()) {
            assertThat(EntityApi.request(jms, "Vault", id, "open", "{}", Map.of())
                            .path("code")
                            .asText())
                    .as("a message authenticates nobody")
                    .isEqualTo("POLICY_DENIED");
        }
    }

    @Test
    @Tag("M-15")
    @Tag("K-03")
    void tenantsHaveTheSameIdsAndKeysWithoutMeeting() {
        String id = newInstance("Counter", "{}");
        EntityApi bistro = running.as("anna", "cook", "tenant:bistro");
        assertThat(bistro.get("/api/entities/Counter/" + id).status()).isEqualTo(404);
        assertThat(bistro.create("Counter", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
        Map<String, String> key = Map.of("Idempotency-Key", newId());

        api.run("Counter", id, "increment", "{\"by\":1}", key);
        bistro.run("Counter", id, "increment", "{\"by\":20}", key);

        assertThat(api.instance("Counter", id).path("value").asInt()).isEqualTo(1);
        assertThat(bistro.instance("Counter", id).path("value").asInt()).isEqualTo(20);
        assertThat(api.history("Counter", id)).hasSize(1);
        assertThat(bistro.history("Counter", id)).hasSize(1);
    }

    @Test
    @Tag("M-16")
    void aProgramDeployedAtRunTimeIsServedAtOnceAndABrokenOneChangesNothing() {
        String name = "greeter";
        String first = "entity Greeter { property required id: string property text: string = \"hello\" }\n"
                + "store Greeter in postgres\n";
        Reply deployed = api.deploy(name, first);
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(201);
        assertThat(deployed.json().path("version").asInt()).isEqualTo(1);
        String id = newInstance("Greeter", "{}");
        assertThat(api.deploy(name, first).status()).as("the same again").isEqualTo(200);

        Reply broken = api.deploy(name, "entity Greeter { property }");
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.json().at("/diagnostics/0/line").asInt()).isEqualTo(1);
        assertThat(broken.json().at("/diagnostics/0/message").asText()).isNotBlank();
        Reply clash = api.deploy("another", "entity Greeter { property required id: string }");
        assertThat(clash.status()).isEqualTo(409);
        assertThat(clash.json().path("detail").asText()).contains("Greeter", name);
        assertThat(api.get("/api/manifests/another").status()).isEqualTo(404);
        assertThat(api.get("/api/manifests/" + name).json().path("version").asInt())
                .isEqualTo(1);

        String second = first.replace("\"hello\" }", "\"hello\" computed loud = self.text + \"!\" }");
        assertThat(api.deploy(name, second).json().path("version").asInt()).isEqualTo(2);
        assertThat(api.instance("Greeter", id).path("loud").asText()).isEqualTo("hello!");
        JsonNode whole = api.get("/api/manifests/" + name).json();
        assertThat(whole.path("source").asText()).isEqualTo(second);
        assertThat(whole.path("versions")).hasSize(2);
        assertThat(api.get("/api/manifests").json().path("items")).hasSizeGreaterThan(8);
    }

    @Test
    @Tag("M-15")
    void anEntityInMemoryIsServedLikeAnyOther() throws Exception {
        assertThat(api.deploy(
                                "scratch",
                                EntityApi.COUNTER
                                        .replace("Counter", "Scratch")
                                        .replace("Incremented", "Scratched")
                                        .replace("in postgres", "in memory"))
                        .status())
                .isEqualTo(201);
        String id = newInstance("Scratch", "{}");
        List<Reply> replies =
                EntityApi.together(Collections.nCopies(8, () -> api.run("Scratch", id, "increment", "{}")));
        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(api.instance("Scratch", id).path("value").asInt()).isEqualTo(8);
        assertThat(api.history("Scratch", id)).hasSize(8);
    }

    @Test
    @Tag("M-15")
    void listsAreFilteredByPropertiesAndGoOnWithTheirCursor() {
        String customer = newId();
        for (int i = 0; i < 5; i++) {
            String id = newInstance("Order", "{}");
            api.run("Order", id, "place", "{\"customerId\":\"" + customer + "\",\"total\":" + (i + 1) + "}");
        }
        Set<String> found = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = api.get("/api/entities/Order?limit=2&customerId=" + customer + cursor)
                    .json();
            page.path("items").forEach(item -> found.add(item.path("summary").asText()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).hasSize(5);
        assertThat(pages).isEqualTo(3);
        assertThat(api.get("/api/entities/Order?total=3&customerId=" + customer)
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(api.get("/api/entities/Order?colour=red").status()).isEqualTo(400);
        assertThat(api.get("/api/entities/Order?cursor=%25%25").status()).isEqualTo(400);
    }

    @Test
    @Tag("M-14")
    void recordedCommandsReplayWithoutMismatchUntilTheRecordIsChanged() {
        String id = newInstance("Counter", "{}");
        Reply ran = api.run("Counter", id, "increment", "{\"by\":2}");
        ObjectNode recorded = JSON.createObjectNode()
                .put("entity", "Counter")
                .put("command", "increment")
                .put("id", id);
        recorded.set("input", object("{\"by\":2}"));
        recorded.set("result", ran.json());
        ObjectNode body = object("{\"instances\":[{\"entity\":\"Counter\",\"properties\":{\"id\":\"" + id + "\"}}]}");
        body.putArray("commands").add(recorded);

        JsonNode same =
                api.send("POST", "/api/replays", body.toString(), Map.of()).json();
        assertThat(same.path("replayed").asInt()).isEqualTo(1);
        assertThat(same.path("mismatches")).as(same.toString()).isEmpty();

        ((ObjectNode) recorded.at("/result/instance")).put("value", 3);
        JsonNode other =
                api.send("POST", "/api/replays", body.toString(), Map.of()).json();
        assertThat(other.at("/mismatches/0/pointer").asText()).isEqualTo("/instance/value");
        assertThat(api.instance("Counter", id).path("value").asInt())
                .as("a replay stores nothing")
                .isEqualTo(2);
    }

    @Test
    @Tag("M-03")
    void compilingChangesNothingAndAnswersTheCompiledFormOrDiagnostics() {
        JsonNode good = api.send(
                        "POST",
                        "/api/manifests/compile?grammar=published",
                        "entity Compiled { property required id: string }",
                        Map.of("Content-Type", "text/plain"))
                .json();
        assertThat(good.path("success").asBoolean()).isTrue();
        assertThat(good.at("/ir/entities/0/name").asText()).isEqualTo("Compiled");
        JsonNode bad = api.send("POST", "/api/manifests/compile", "entity {", Map.of("Content-Type", "text/plain"))
                .json();
        assertThat(bad.path("success").asBoolean()).isFalse();
        assertThat(bad.path("ir").isNull()).isTrue();
        assertThat(bad.at("/diagnostics/0/severity").asText()).isEqualTo("error");
        assertThat(api.get("/api/entities/Compiled").status()).isEqualTo(404);
    }
}
