package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What commands leave to the engine: jobs, effects, sagas, schedules; and limits on how often they may be called. */
@Tag("M-17")
class LaterLanguageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String REPORTS = """
            entity Report {
              property required id: string
              property rows: number = 0
              property builtBy: string = ""
              async command build(rows: number) {
                guard rows > self.rows
                mutate rows = rows
                emit Built { rows: rows }
              }
              command announce(text: string) {
                mutate builtBy = text
                effect notify = text
                emit Announced { text: text }
              }
              command shred() {
                mutate rows = 0
                effect shredder = self.id
              }
              command peek() {
                rateLimit { maxRequests: 2 windowMs: 600000 scope: global }
                mutate builtBy = "peeked"
              }
            }
            store Report in postgres
            event Built: "report.built" { rows: number }
            event Announced: "report.announced" { text: string }
            """;

    private static final String SHOPPING = """
            entity SagaPayment {
              property required id: string
              property amount: number = 0
              property status: string = "none"
              property changes: number = 0
              command charge(amount: number) {
                mutate amount = amount
                mutate status = "charged"
                mutate changes = self.changes + 1
              }
              command refund() {
                guard self.status == "charged"
                mutate status = "refunded"
                mutate changes = self.changes + 1
              }
            }
            entity SagaStock {
              property required id: string
              property reserved: boolean = false
              property changes: number = 0
              command reserve() { mutate reserved = true  mutate changes = self.changes + 1 }
              command release() { mutate reserved = false mutate changes = self.changes + 1 }
            }
            entity SagaLetter {
              property required id: string
              property sent: boolean = false
              command send(to: string) {
                guard to != "nobody"
                mutate sent = true
              }
            }
            store SagaPayment in postgres
            store SagaStock in postgres
            store SagaLetter in postgres
            saga ProcessOrder {
              step chargePayment { command: SagaPayment.charge compensate: SagaPayment.refund }
              step reserveStock { command: SagaStock.reserve compensate: SagaStock.release }
              step tell { command: SagaLetter.send }
              on_failure: "compensate"
              emit OrderSagaStarted
              emit OrderSagaStepCompleted
              emit OrderSagaCompleted
              emit OrderSagaFailed
            }
            """;

    private static final String CLOCKWORK = """
            entity Tally {
              property required id: string
              property rings: number = 0
              command ring(by: number = 1) {
                mutate rings = self.rings + by
                emit Rung { rings: self.rings }
              }
            }
            store Tally in postgres
            event Rung: "tally.rung" { rings: number }
            schedule nightly {
              cron "0 2 * * *"
              run Tally.ring
              params { id: "nightly", by: 10 }
            }
            schedule often {
              every 500 ms
              run Tally.ring
              params { id: "often" }
            }
            """;

    private static EntityApi deployed(FeatureServer server, String name, String program) {
        EntityApi api = EntityApi.of(server.http());
        Reply reply = api.deploy(name, program);
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return api;
    }

    private static String created(EntityApi api, String entity) {
        Reply reply = api.create(entity, "{\"id\":\"" + UUID.randomUUID() + "\"}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().path("id").asText();
    }

    private static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.path("name").asText()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void anAsyncCommandIsAcceptedAndRunsOnceAsARun(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

        Reply accepted = api.run("Report", id, "build", "{\"rows\":3}", key);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String job = accepted.json().path("job").asText();
        assertThat(accepted.header("Location")).isEqualTo("/api/runs/" + job);
        assertThat(accepted.json().at("/result/status").asText()).isEqualTo("pending");
        Reply again = api.run("Report", id, "build", "{\"rows\":3}", key);
        assertThat(again.json().path("job").asText()).as("the same call again").isEqualTo(job);

        JsonNode run = server.awaitStatus(job, "COMPLETED");
        assertThat(run.path("workflowId").asText()).isEqualTo("manifest-command");
        assertThat(run.at("/output/instance/rows").asInt()).isEqualTo(3);
        assertThat(api.instance("Report", id).path("rows").asInt()).isEqualTo(3);
        assertThat(names(api.history("Report", id))).containsExactly("Built", "buildCompleted");
        JsonNode completed = api.history("Report", id).get(1);
        assertThat(completed.at("/payload/jobId").asText()).isEqualTo(job);
        assertThat(completed.path("correlationId").asText())
                .isEqualTo(accepted.json().path("correlationId").asText());
        assertThat(api.run("Report", id, "build", "{\"rows\":2}").status())
                .as("guards are asked before anything is accepted")
                .isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource
    void anAsyncCommandThatIsRefusedWhenItRunsFailsItsRunAndSaysSo(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        List<String> jobs = List.of("{\"rows\":5}", "{\"rows\":5}").stream()
                .map(input ->
                        api.run("Report", id, "build", input).json().path("job").asText())
                .filter(job -> !job.isEmpty())
                .toList();
        for (String job : jobs) {
            Await.until("run " + job + " to end", PATIENCE, () -> List.of("COMPLETED", "FAILED")
                    .contains(server.run(job).path("status").asText()));
        }
        List<String> codes = jobs.stream()
                .map(job -> server.run(job).at("/error/code").asText())
                .filter(code -> !code.isEmpty())
                .toList();

        assertThat(api.instance("Report", id).path("rows").asInt()).isEqualTo(5);
        assertThat(codes).allMatch("GUARD_FAILED"::equals).hasSize(jobs.size() - 1);
        assertThat(names(api.history("Report", id)))
                .filteredOn("buildFailed"::equals)
                .hasSize(jobs.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatNoProgramHasStartedHasNothingToDo(FeatureServer server) {
        String run = server.startRun("manifest-command", Map.of("input", Map.of()));
        assertThat(server.awaitStatus(run, "FAILED").at("/error/code").asText()).isEqualTo("NOTHING_TO_DO");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M-14")
    void anEffectIsPerformedAfterItsCommandUntilItSucceeds(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        String text = "shaky " + id;

        Reply announced = api.run("Report", id, "announce", "{\"text\":\"" + text + "\"}");
        assertThat(announced.status()).as(announced.text()).isEqualTo(200);
        String effect = announced.json().at("/result/effectId").asText();
        assertThat(effect).isNotEmpty();

        String line = "notify " + text + " " + effect;
        Await.until("the effect to be tried twice under one id", PATIENCE, () -> server.noted(line) == 2);
        JsonNode run = runOf(server, announced);
        server.awaitStatus(run.path("id").asText(), "COMPLETED");
        assertThat(server.run(run.path("id").asText())
                        .at("/output/result/about")
                        .asText())
                .isEqualTo(id);
        assertThat(api.instance("Report", id).path("builtBy").asText()).isEqualTo(text);
    }

    /** The run that belongs to the flow of a command. */
    private static JsonNode runOf(FeatureServer server, Reply command) {
        return server.http()
                .get("/api/runs?correlationId="
                        + command.json().path("correlationId").asText())
                .json()
                .at("/items/0");
    }

    @ParameterizedTest
    @EnumSource
    void anEffectThatCannotBePerformedFailsItsRun(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        Reply announced = api.run("Report", id, "announce", "{\"text\":\"never " + id + "\"}");
        String run = runOf(server, announced).path("id").asText();
        assertThat(server.awaitStatus(run, "FAILED").at("/error/code").asText()).isEqualTo("NOBODY_THERE");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M-14")
    void anEffectNobodyPerformsRefusesItsCommand(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        Reply refused = api.run("Report", id, "shred", "{}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("EFFECT_REFUSED");
        assertThat(api.get("/api/entities/Report/" + id).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    @Tag("M-14")
    void aReplayPerformsNoEffectAndListsWhatCameOutOtherwise() {
        FeatureServer server = FeatureServer.EMBEDDED;
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        Reply announced = api.run("Report", id, "announce", "{\"text\":\"calm " + id + "\"}");
        assertThat(announced.status()).as(announced.text()).isEqualTo(200);

        Reply replayed = api.send(
                "POST",
                "/api/replays",
                "{\"instances\":[{\"entity\":\"Report\",\"properties\":{\"id\":\"" + id + "\"}}],"
                        + "\"commands\":[{\"entity\":\"Report\",\"command\":\"announce\",\"id\":\"" + id
                        + "\",\"input\":{\"text\":\"calm " + id + "\"},\"result\":" + announced.text() + "}]}",
                Map.of());

        assertThat(replayed.status()).as(replayed.text()).isEqualTo(200);
        assertThat(replayed.json().path("matches").asBoolean()).isFalse();
        assertThat(replayed.json().path("mismatches").findValuesAsText("pointer"))
                .contains("/success", "/instance", "/emittedEvents/0");
        String effect = announced.json().at("/result/effectId").asText();
        server.awaitStatus(runOf(server, announced).path("id").asText(), "COMPLETED");
        assertThat(server.noted("notify calm " + id + " " + effect))
                .as("by the command itself, and by no replay")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRateLimitIsKeptInTheDatabaseAndSaysWhenToComeBack(FeatureServer server) {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        server.advance(Duration.ofMinutes(11));
        List<Integer> answers = List.of(1, 2, 3).stream()
                .map(call -> api.run("Report", id, "peek", "{}").status())
                .toList();
        assertThat(answers).containsExactly(200, 200, 429);
        Reply limited = api.run("Report", id, "peek", "{}");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(500, 600);
        assertThat(limited.json().at("/rateLimitDenial/limit").asInt()).isEqualTo(2);
        server.advance(Duration.ofMinutes(11));
        assertThat(api.run("Report", id, "peek", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-09")
    void aSagaRunsItsStepsInOrder(FeatureServer server) {
        EntityApi api = deployed(server, "shopping", SHOPPING);
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String body = "{\"input\":{\"amount\":12,\"to\":\"ada\"}}";

        Reply started = api.send("POST", "/api/sagas/ProcessOrder/runs", body, key);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String id = started.json().path("id").asText();
        assertThat(api.send("POST", "/api/sagas/ProcessOrder/runs", body, key)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(api.send("POST", "/api/sagas/ProcessOrder/runs", "{\"input\":{\"amount\":13}}", key)
                        .status())
                .as("the key of another saga")
                .isEqualTo(409);

        JsonNode instances = server.awaitStatus(id, "COMPLETED").at("/output/instances");
        assertThat(api.instance("SagaPayment", instances.path("chargePayment").asText())
                        .path("status")
                        .asText())
                .isEqualTo("charged");
        assertThat(api.instance("SagaLetter", instances.path("tell").asText())
                        .path("sent")
                        .asBoolean())
                .isTrue();
        assertThat(flow(api, server.run(id)))
                .containsExactly(
                        "OrderSagaStarted",
                        "OrderSagaStepCompleted",
                        "OrderSagaStepCompleted",
                        "OrderSagaStepCompleted",
                        "OrderSagaCompleted");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-09")
    void aSagaWhoseStepIsRefusedIsUndoneInReverse(FeatureServer server) {
        EntityApi api = deployed(server, "shopping", SHOPPING);
        String payment = created(api, "SagaPayment");
        String stock = created(api, "SagaStock");

        Reply started = api.send(
                "POST",
                "/api/sagas/ProcessOrder/runs",
                "{\"input\":{\"amount\":12,\"to\":\"nobody\"},\"steps\":{\"chargePayment\":{\"id\":\"" + payment
                        + "\"},\"reserveStock\":{\"id\":\"" + stock + "\"}}}",
                Map.of());
        JsonNode run = server.awaitStatus(started.json().path("id").asText(), "FAILED");

        assertThat(run.at("/error/code").asText()).isEqualTo("GUARD_FAILED");
        assertThat(api.instance("SagaPayment", payment).path("status").asText()).isEqualTo("refunded");
        assertThat(api.instance("SagaPayment", payment).path("changes").asInt()).isEqualTo(2);
        assertThat(api.instance("SagaStock", stock).path("reserved").asBoolean())
                .isFalse();
        List<JsonNode> told = events(api, run);
        assertThat(names(told))
                .containsExactly(
                        "OrderSagaStarted",
                        "OrderSagaStepCompleted",
                        "OrderSagaStepCompleted",
                        "SagaStepCompensated",
                        "SagaStepCompensated",
                        "SagaCompensated",
                        "OrderSagaFailed");
        assertThat(told.get(3).at("/payload/step").asText()).isEqualTo("reserveStock");
        assertThat(told.get(4).at("/payload/step").asText()).isEqualTo("chargePayment");
    }

    @ParameterizedTest
    @EnumSource
    void aSagaThatCannotBeStartedIsRefused(FeatureServer server) {
        EntityApi api = deployed(server, "shopping", SHOPPING);
        assertThat(api.send("POST", "/api/sagas/Nothing/runs", "{}", Map.of()).status())
                .isEqualTo(404);
        assertThat(api.send("POST", "/api/sagas/ProcessOrder/runs", "{\"steps\":{\"fly\":{}}}", Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(api.send("POST", "/api/sagas/ProcessOrder/runs", "{\"input\":7}", Map.of())
                        .status())
                .isEqualTo(400);
    }

    private static List<String> flow(EntityApi api, JsonNode run) {
        return names(events(api, run));
    }

    /** Runs tell of themselves in the same flow, by names that entities do not use. */
    private static boolean isOfRun(JsonNode event) {
        return event.path("name").asText().contains(":");
    }

    /** The events of a saga itself, in order. */
    private static List<JsonNode> events(EntityApi api, JsonNode run) {
        JsonNode items = api.get("/api/events?limit=100&correlationId="
                        + run.path("correlationId").asText())
                .json()
                .path("items");
        return java.util.stream.StreamSupport.stream(items.spliterator(), false)
                .filter(event -> event.at("/subject/entity").isMissingNode())
                .filter(event -> !isOfRun(event))
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T-02")
    void aScheduleRunsItsCommandOnceForEachTime(FeatureServer server) {
        String unscheduled = CLOCKWORK.substring(0, CLOCKWORK.indexOf("schedule"));
        EntityApi api = deployed(server, "clockwork", unscheduled);
        api.create("Tally", "{\"id\":\"nightly\"}");
        api.create("Tally", "{\"id\":\"often\"}");
        deployed(server, "clockwork", CLOCKWORK);
        Await.until(
                "the schedule to ring a few times",
                PATIENCE,
                () -> api.instance("Tally", "often").path("rings").asInt() >= 3);
        List<JsonNode> rings = api.history("Tally", "often");
        assertThat(rings.stream().map(event -> event.path("correlationId").asText()))
                .as("each fire is a flow of its own")
                .doesNotHaveDuplicates();

        int before = api.instance("Tally", "nightly").path("rings").asInt();
        server.advance(Duration.ofHours(72));
        Await.until(
                "the nightly schedule to ring",
                PATIENCE,
                () -> api.instance("Tally", "nightly").path("rings").asInt() > before);
        assertThat(api.instance("Tally", "nightly").path("rings").asInt())
                .as("three nights that were missed are made up for once")
                .isEqualTo(before + 10);
        // without its schedules the program lets the other tests be
        deployed(server, "clockwork", unscheduled);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M-11")
    @Tag("K-04")
    void fiftyParallelDuplicatesRunOnce(FeatureServer server) throws Exception {
        EntityApi api = deployed(server, "reports", REPORTS);
        String id = created(api, "Report");
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        List<Reply> replies = EntityApi.together(Collections.nCopies(
                50, () -> api.run("Report", id, "announce", "{\"text\":\"calm " + id + "\"}", key)));
        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(replies.stream().map(reply -> reply.json().toString()).distinct())
                .as("all are answered alike")
                .hasSize(1);
        assertThat(names(api.history("Report", id))).containsExactly("Announced");
        assertThat(api.get("/api/entities/Report/" + id).header("ETag")).isEqualTo("\"2\"");
    }
}
