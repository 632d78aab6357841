package dev.pawl.acceptance.feature.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MachineIT {

    private final String name = "m-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    @Tag("S-01")
    void theSampleOrderTakesTheWayOfItsTableAndNoOther(FeatureServer on) {
        assertThat(on.http()
                        .put("/api/machines/shop-order/" + name, Map.of("customer", "Ada", "total", 5000))
                        .status())
                .isEqualTo(201);
        assertRefused(
                on,
                "shop-order",
                "ship",
                Map.of("parcel", "p"),
                "INVALID_TRANSITION",
                "Invalid transition ship from state placed");
        assertRefused(on, "shop-order", "pay", Map.of("cents", 4999), "GUARD_FAILED", "Guard condition failed for pay");
        assertThat(send(on, "shop-order", "pay", Map.of("cents", 5000))
                        .path("state")
                        .asText())
                .isEqualTo("paid");
        send(on, "shop-order", "ship", Map.of("parcel", "p-1"));
        send(on, "shop-order", "deliver", Map.of());
        on.advance(Duration.ofDays(31));
        assertRefused(on, "shop-order", "return", Map.of(), "GUARD_FAILED", "Guard condition failed for return");

        JsonNode instance = on.http().get("/api/machines/shop-order/" + name).json();
        assertThat(instance.path("state").asText()).isEqualTo("delivered");
        assertThat(instance.path("events").get(0).asText()).isEqualTo("return");
        assertThat(instance.at("/data/diary")).hasSize(3);
        assertThat(on.history(instance.path("run").asText()))
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "machine:started",
                        "machine:transitioned",
                        "machine:transitioned",
                        "machine:transitioned");
        assertThat(on.http()
                        .get("/api/runs?correlationId=" + name)
                        .json()
                        .at("/items/0/status")
                        .asText())
                .isEqualTo("SUSPENDED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("S-02")
    void eventsOfOneInstanceThatComeAtOnceByRestAndJmsAreAllCounted(FeatureServer on) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (var jms = on.server().jms()) {
            List<Future<HttpApi.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                replies.add(clients.submit(
                        () -> on.http().post("/api/machines/counter/" + name + "/events/add", Map.of())));
                jms.send(
                        "commands",
                        "{\"type\":\"machine.event\",\"machine\":\"counter\",\"instance\":\"" + name
                                + "\",\"event\":\"add\"}",
                        Map.of());
            }
            for (Future<HttpApi.Reply> reply : replies) {
                assertThat(reply.get().status()).as(reply.get().text()).isEqualTo(200);
            }
        } finally {
            clients.shutdown();
        }
        Await.until(
                "all events",
                Duration.ofSeconds(30),
                () -> on.http()
                                .get("/api/machines/counter/" + name)
                                .json()
                                .at("/data/value")
                                .asInt()
                        == 48);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("S-01")
    void codeThatThrowsChangesNothingAndSaysSo(FeatureServer on) {
        send(on, "counter", "add", Map.of());
        HttpApi.Reply broken = on.http().post("/api/machines/counter/" + name + "/events/break", Map.of());

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.json().path("code").asText()).isEqualTo("MACHINE_CODE_FAILED");
        assertThat(broken.json().path("detail").asText()).contains("instance '" + name + "'", "broken on purpose");
        assertThat(on.http()
                        .get("/api/machines/counter/" + name)
                        .json()
                        .at("/data/value")
                        .asInt())
                .isEqualTo(1);
        assertThat(on.http().get("/api/machines/nothing/" + name).status()).isEqualTo(404);
        assertThat(on.http().get("/api/machines/counter/unheard-of").status()).isEqualTo(404);
    }

    private JsonNode send(FeatureServer on, String machine, String event, Map<String, ?> payload) {
        HttpApi.Reply reply = on.http().post("/api/machines/" + machine + "/" + name + "/events/" + event, payload);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private void assertRefused(
            FeatureServer on, String machine, String event, Map<String, ?> payload, String code, String message) {
        HttpApi.Reply reply = on.http().post("/api/machines/" + machine + "/" + name + "/events/" + event, payload);
        assertThat(reply.status()).as(reply.text()).isEqualTo(409);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
        assertThat(reply.json().path("detail").asText()).isEqualTo(message);
    }
}
