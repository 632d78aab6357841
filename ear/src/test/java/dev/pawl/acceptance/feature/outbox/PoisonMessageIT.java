package dev.pawl.acceptance.feature.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.PostgresServer;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message whose processing always fails, because the database refuses what it would write. */
class PoisonMessageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String flow = "poison-" + UUID.randomUUID();

    @Test
    @Tag("Q-08")
    @Tag("E-03")
    void isTriedAFewTimesAndLaidAsideWithTheLastFailureWhileTheQueueGoesOn() throws Exception {
        FeatureServer on = FeatureServer.POSTGRES;
        PostgresServer.Database database = on.database();
        database.execute("create function test_no_room() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no room for %', new.correlation_id; end $$");
        database.execute(
                "create trigger test_no_room before insert on pawl_run for each row when (new.correlation_id = '" + flow
                        + "') execute function test_no_room()");
        try (JmsClient jms = on.server().jms()) {
            jms.send("commands", create(flow), Map.of("idempotencyKey", flow));
            String answer = jms.request("commands", create("fine-" + flow), Map.of(), PATIENCE)
                    .orElseThrow();
            assertThat(answer).contains("\"ok\":true");

            Message dead = jms.receive("commands.dead", PATIENCE).orElseThrow();

            assertThat(dead.getBody(String.class)).isEqualTo(create(flow));
            assertThat(dead.getStringProperty("idempotencyKey")).isEqualTo(flow);
            assertThat(dead.getStringProperty("reason"))
                    .startsWith("DELIVERY_FAILED: tried 3 times, at last: ")
                    .contains("no room for " + flow);
            assertThat(jms.browse("commands")).isEmpty();
            assertThat(on.http().get("/api/runs?correlationId=" + flow).json().path("items"))
                    .isEmpty();
        } finally {
            database.execute("drop trigger test_no_room on pawl_run");
            database.execute("drop function test_no_room()");
        }
    }

    private static String create(String correlation) {
        return "{\"type\":\"run.create\",\"workflowId\":\"relayed\",\"correlationId\":\"" + correlation
                + "\",\"input\":{\"value\":\"\"}}";
    }
}
