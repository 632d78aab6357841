package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi.Reply;
import dev.pawl.acceptance.server.PostgresServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Async commands, effects, sagas and approvals, asked of a server until it is gone; and what must have become of every one
 * of them, asked of another server.
 */
final class ProgramsUnderFire {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Whom the saga cannot deliver to. */
    private static final String NOBODY = "nobody";

    private static final String PROGRAM = """
            entity FireReport {
              property required id: string
              property builds: number = 0
              property told: number = 0
              property submissions: number = 0
              async command build() {
                mutate builds = self.builds + 1
                emit FireBuilt { builds: self.builds }
              }
              command announce(text: string) {
                mutate told = self.told + 1
                effect notify = text
                emit FireAnnounced { text: text }
              }
              command submit() {
                guard self.submissions == 0
                mutate submissions = self.submissions + 1
                emit FireSubmitted
              }
              approval submitApproval {
                command: submit
                stages { manager { policy: user.role == "manager" required: 1 } }
                timeout: 72
                on_timeout: "cancel"
              }
            }
            entity FireAccount {
              property required id: string
              property changes: number = 0
              property status: string = "none"
              command charge() { mutate status = "charged" mutate changes = self.changes + 1 }
              command refund() {
                guard self.status == "charged"
                mutate status = "refunded"
                mutate changes = self.changes + 1
              }
            }
            entity FireParcel {
              property required id: string
              property sent: number = 0
              command send(to: string) {
                guard to != "nobody"
                mutate sent = self.sent + 1
              }
            }
            event FireBuilt: "fire.built" { builds: number }
            event FireAnnounced: "fire.announced" { text: string }
            event FireSubmitted: "fire.submitted" { id: string }
            saga FireOrder {
              step charge { command: FireAccount.charge compensate: FireAccount.refund }
              step deliver { command: FireParcel.send }
              on_failure: "compensate"
            }
            """;

    /** Something asked for under a key of its own, on an instance of its own; of a saga, for somebody. */
    private record Asked(String id, String key, String to) {
        static Asked anew(String to) {
            return new Asked(UUID.randomUUID().toString(), UUID.randomUUID().toString(), to);
        }

        Map<String, String> headers() {
            return Map.of("Idempotency-Key", key);
        }
    }

    private final EntityApi doomed;
    private final EntityApi doomedManager;
    private final EntityApi steady;
    private final EntityApi steadyManager;
    private final GateFolder gates;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger[] answered = {
        new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()
    };
    private final List<Future<List<Asked>>> asked = new ArrayList<>();

    ProgramsUnderFire(
            EntityApi doomed, EntityApi doomedManager, EntityApi steady, EntityApi steadyManager, GateFolder gates) {
        this.doomed = doomed;
        this.doomedManager = doomedManager;
        this.steady = steady;
        this.steadyManager = steadyManager;
        this.gates = gates;
    }

    void begin() {
        Reply deployed = steady.deploy("under-fire", PROGRAM);
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
        Await.until(
                "the other server to know the program",
                Duration.ofSeconds(5),
                () -> doomed.get("/api/entities/FireReport").status() == 200);
        asked.add(ask(answered[0], one -> build(doomed, one)));
        asked.add(ask(answered[1], one -> announce(doomed, one)));
        asked.add(ask(answered[2], one -> start(doomed, one)));
        asked.add(ask(answered[3], one -> approve(doomed, doomedManager, one)));
    }

    /** Whether some of everything has been answered. */
    boolean isUnderWay() {
        for (AtomicInteger kind : answered) {
            if (kind.get() < 5) {
                return false;
            }
        }
        return true;
    }

    private Future<List<Asked>> ask(AtomicInteger counted, Consumer<Asked> request) {
        return threads.submit(() -> {
            List<Asked> sent = new ArrayList<>();
            while (true) {
                Asked one = Asked.anew(sent.size() % 3 == 0 ? NOBODY : "ada");
                String instance = "{\"id\":\"" + one.id() + "\"}";
                for (String entity : List.of("FireReport", "FireAccount", "FireParcel")) {
                    assertThat(steady.create(entity, instance).status()).isEqualTo(201);
                }
                sent.add(one);
                try {
                    request.accept(one);
                    counted.incrementAndGet();
                } catch (UncheckedIOException gone) {
                    return sent;
                }
            }
        });
    }

    private static String build(EntityApi api, Asked one) {
        Reply reply = api.run("FireReport", one.id(), "build", "{}", one.headers());
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("job").asText();
    }

    private static JsonNode announce(EntityApi api, Asked one) {
        Reply reply =
                api.run("FireReport", one.id(), "announce", "{\"text\":\"calm " + one.id() + "\"}", one.headers());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static String start(EntityApi api, Asked one) {
        String instance = "{\"id\":\"" + one.id() + "\"}";
        Reply reply = api.send(
                "POST",
                "/api/sagas/FireOrder/runs",
                "{\"input\":{\"to\":\"" + one.to() + "\"},\"steps\":{\"charge\":" + instance + ",\"deliver\":"
                        + instance + "}}",
                one.headers());
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    /** Asks for the approval, unless that was done before, and approves, unless that was done before. */
    private static void approve(EntityApi api, EntityApi manager, Asked one) {
        JsonNode known = approvals(api, one);
        if (known.isEmpty()) {
            Reply waiting = api.run("FireReport", one.id(), "submit", "{}");
            assertThat(waiting.status()).as(waiting.text()).isEqualTo(409);
            known = approvals(api, one);
        }
        assertThat(known).hasSize(1);
        if (known.at("/0/status").asText().equals("pending")) {
            Reply approved =
                    manager.send("POST", "/api/approvals/" + known.at("/0/id").asText() + "/approve", "{}", Map.of());
            assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        }
    }

    private static JsonNode approvals(EntityApi api, Asked one) {
        return api.get("/api/approvals?entity=FireReport&id=" + one.id()).json().path("items");
    }

    /** Asks the steady server for everything again, and looks at what there is in the end. */
    void assertNothingLostAndNothingTwice(PostgresServer.Database database)
            throws InterruptedException, ExecutionException {
        List<List<Asked>> sent = new ArrayList<>();
        for (Future<List<Asked>> kind : asked) {
            sent.add(kind.get());
        }
        threads.shutdownNow();
        sent.get(0).forEach(this::assertBuiltOnce);
        sent.get(1).forEach(this::assertTold);
        sent.get(2).forEach(this::assertSagaEnded);
        sent.get(3).forEach(this::assertSubmittedOnce);
        assertThat(database.query("select id from pawl_run r where workflow_id like 'manifest-%'"
                        + " and not exists (select 1 from pawl_manifest_job j where j.run_id = r.id)"))
                .as("runs that do not know what to do")
                .isEmpty();
        assertThat(database.query("select run_id from pawl_manifest_job j"
                        + " where not exists (select 1 from pawl_run r where r.id = j.run_id)"))
                .as("calls nobody makes")
                .isEmpty();
        assertThat(database.query(
                        "select stream from pawl_entity_event group by stream having count(*) <> max(sequence)"))
                .as("histories with gaps")
                .isEmpty();
        System.out.printf(
                "killed under fire: %d async commands, %d effects, %d sagas, %d approvals%n",
                sent.get(0).size(),
                sent.get(1).size(),
                sent.get(2).size(),
                sent.get(3).size());
    }

    private void assertBuiltOnce(Asked one) {
        assertThat(ended(build(steady, one)).path("status").asText()).isEqualTo("COMPLETED");
        assertThat(report(one).path("builds").asInt()).isEqualTo(1);
        assertThat(history("FireReport", one)).containsExactly("FireBuilt", "buildCompleted");
    }

    private void assertTold(Asked one) {
        JsonNode result = announce(steady, one);
        String line = "notify calm " + one.id() + " ";
        Await.until("the effect of " + one.id(), PATIENCE, () -> told(line).size() > 0);
        String run = steady.get("/api/runs?correlationId="
                        + result.path("correlationId").asText())
                .json()
                .at("/items/0/id")
                .asText();
        assertThat(ended(run).path("status").asText()).isEqualTo("COMPLETED");
        assertThat(told(line))
                .as("at least once, and always under one id")
                .containsOnly(line + result.at("/result/effectId").asText());
        assertThat(report(one).path("told").asInt()).isEqualTo(1);
        assertThat(history("FireReport", one)).containsExactly("FireAnnounced");
    }

    private void assertSagaEnded(Asked one) {
        JsonNode run = ended(start(steady, one));
        JsonNode account = steady.instance("FireAccount", one.id());
        JsonNode parcel = steady.instance("FireParcel", one.id());
        List<String> told = new ArrayList<>();
        steady.get("/api/events?limit=100&correlationId="
                        + run.path("correlationId").asText())
                .json()
                .path("items")
                .forEach(event -> told.add(event.path("name").asText()));
        // the run tells of itself in the same flow
        told.removeIf(name -> name.contains(":"));
        if (one.to().equals(NOBODY)) {
            assertThat(run.at("/error/code").asText()).isEqualTo("GUARD_FAILED");
            assertThat(account.path("status").asText()).isEqualTo("refunded");
            assertThat(account.path("changes").asInt()).isEqualTo(2);
            assertThat(parcel.path("sent").asInt()).isZero();
            assertThat(told)
                    .containsExactly(
                            "SagaStarted", "SagaStepCompleted", "SagaStepCompensated", "SagaCompensated", "SagaFailed");
        } else {
            assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
            assertThat(account.path("status").asText()).isEqualTo("charged");
            assertThat(account.path("changes").asInt()).isEqualTo(1);
            assertThat(parcel.path("sent").asInt()).isEqualTo(1);
            assertThat(told).containsExactly("SagaStarted", "SagaStepCompleted", "SagaStepCompleted", "SagaCompleted");
        }
    }

    private void assertSubmittedOnce(Asked one) {
        approve(steady, steadyManager, one);
        assertThat(approvals(steady, one).at("/0/status").asText()).isEqualTo("granted");
        assertThat(report(one).path("submissions").asInt()).isEqualTo(1);
        assertThat(history("FireReport", one))
                .containsExactly("ApprovalRequested", "ApprovalStageGranted", "ApprovalGranted", "FireSubmitted");
    }

    private JsonNode report(Asked one) {
        return steady.instance("FireReport", one.id());
    }

    private List<String> history(String entity, Asked one) {
        return steady.history(entity, one.id()).stream()
                .map(event -> event.path("name").asText())
                .toList();
    }

    private JsonNode ended(String run) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to end", PATIENCE, () -> {
            last[0] = steady.get("/api/runs/" + run).json();
            return List.of("COMPLETED", "FAILED")
                    .contains(last[0].path("status").asText());
        });
        return last[0];
    }

    private List<String> told(String line) {
        return gates.journal().stream().filter(noted -> noted.startsWith(line)).toList();
    }
}
