package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.BusinessApi;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs leave behind goes by its age. */
@Tag("J-09")
@Tag("M-17")
class ManifestRetentionIT {

    private static final String PROGRAM = """
            entity OldThing {
              property required id: string
              property size: number = 0
              async command grow() { mutate size = self.size + 1 }
              command shrink() { mutate size = 0 }
              approval shrinkApproval {
                command: shrink
                stages { manager { policy: user.role == "manager" required: 1 } }
                timeout: 72
                on_timeout: "cancel"
              }
            }
            schedule leapDay { cron "0 0 29 2 *" run OldThing.grow params { id: "leap" } }
            """;

    private static EntityApi deployed(FeatureServer server) {
        EntityApi api = EntityApi.of(server.http());
        Reply reply = api.deploy("old-things", PROGRAM);
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return api;
    }

    private static String created(EntityApi api) {
        String id = UUID.randomUUID().toString();
        assertThat(api.create("OldThing", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
        return id;
    }

    /** By the server's clock, which other tests may have moved ahead. */
    private static String daysAgo(FeatureServer server, int days) {
        Instant now = Instant.parse(server.http()
                .post("/api/test/clock", Map.of("advance", "PT0S"))
                .json()
                .path("now")
                .asText());
        return "timestamp with time zone '" + now.minus(Duration.ofDays(days)) + "'";
    }

    private static void purge(FeatureServer server) {
        JsonNode purged;
        do {
            purged = server.http().post("/api/maintenance/purge", "").json();
        } while (purged.path("more").asBoolean());
    }

    @ParameterizedTest
    @EnumSource
    void theCallBehindARunGoesWithTheRun(FeatureServer server) {
        EntityApi api = deployed(server);
        BusinessApi database = new BusinessApi(server.http());
        String run = api.run("OldThing", created(api), "grow", "{}")
                .json()
                .path("job")
                .asText();
        server.awaitStatus(run, "COMPLETED");
        assertThat(database.count("pawl_manifest_job where run_id = '" + run + "'"))
                .isEqualTo(1);
        // as soon as its events are delivered nobody needs it any more
        Await.until(
                "the events of " + run + " to be delivered",
                Duration.ofSeconds(30),
                () -> database.count("pawl_event_chunk c join pawl_outbox o on o.feed = 'r' and c.position ="
                                + " any(o.positions) where c.run_id = '" + run + "'")
                        == 0);

        String at = daysAgo(server, 31);
        database.update(
                "update pawl_run set created_at = " + at + ", completed_at = " + at + " where id = '" + run + "'");
        purge(server);

        assertThat(api.get("/api/runs/" + run).status()).isEqualTo(404);
        assertThat(database.count("pawl_manifest_job where run_id = '" + run + "'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void closedRequestsForApprovalGoAndOpenOnesStay(FeatureServer server) {
        EntityApi api = deployed(server);
        BusinessApi database = new BusinessApi(server.http());
        String closed = requested(api);
        server.advance(Duration.ofHours(73));
        Await.until("the request to expire", Duration.ofSeconds(30), () -> {
            server.http().post("/api/maintenance/tick", "");
            return api.get("/api/approvals/" + closed)
                    .json()
                    .path("status")
                    .asText()
                    .equals("expired");
        });
        String open = requested(api);
        assertThat(database.count("pawl_approval where id = '" + closed + "' and closed_at is not null"))
                .isEqualTo(1);
        purge(server);
        assertThat(api.get("/api/approvals/" + closed).status())
                .as("closed lately")
                .isEqualTo(200);

        String at = daysAgo(server, 91);
        database.update("update pawl_approval set closed_at = " + at + " where id = '" + closed + "'");
        purge(server);

        assertThat(api.get("/api/approvals/" + closed).status()).isEqualTo(404);
        assertThat(api.get("/api/approvals/" + open).json().path("status").asText())
                .isEqualTo("pending");
    }

    private static String requested(EntityApi api) {
        Reply waiting = api.run("OldThing", created(api), "shrink", "{}");
        assertThat(waiting.status()).as(waiting.text()).isEqualTo(409);
        return waiting.json().at("/approvalRequired/id").asText();
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleNobodyDeclaresAnyMoreIsForgottenAndARareOneIsNot(FeatureServer server) {
        deployed(server);
        BusinessApi database = new BusinessApi(server.http());
        String gone = "old-things/" + UUID.randomUUID();
        String at = daysAgo(server, 91);
        Await.until(
                "the schedule to be seen",
                Duration.ofSeconds(30),
                () -> database.count("pawl_manifest_fire where schedule = 'old-things/leapDay'") == 1);
        database.update("insert into pawl_manifest_fire (schedule, fired_at) values ('" + gone + "', " + at + ")");
        database.update("update pawl_manifest_fire set fired_at = " + at + " where schedule = 'old-things/leapDay'");

        purge(server);

        assertThat(database.count("pawl_manifest_fire where schedule = '" + gone + "'"))
                .isZero();
        assertThat(database.count("pawl_manifest_fire where schedule = 'old-things/leapDay'"))
                .isEqualTo(1);
    }
}
