package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from outside that prove themselves by a signature. */
@Tag("M-17")
@Tag("T-05")
class WebhooksIT {

    private static final String PROGRAM = """
            entity HookedOrder {
              property required id: string
              property paid: number = 0
              property payments: number = 0
              command pay(paymentId: string, amount: number) {
                mutate paid = self.paid + amount
                mutate payments = self.payments + 1
              }
            }
            store HookedOrder in postgres
            command slackSaid(channel: string, message: string) {
              emit SlackSaid { channel: channel, message: message }
            }
            event SlackSaid: "slack.said" { channel: string }
            webhook Payments "/webhooks/payments" run HookedOrder.pay
              signature { algorithm: "hmac-sha256" header: "X-Signature" secret: "context.featureHookSecret" }
              idempotencyHeader: "X-Delivery"
              transform: { id: payload.order, paymentId: payload.data.object.id, amount: payload.data.object.amount }
            webhook Slack "/webhooks/slack" run slackSaid
              transform: { channel: payload.channel, message: payload.text }
            webhook Unset "/webhooks/unset" run slackSaid
              signature { algorithm: "hmac-sha512" header: "X-Signature" secret: "context.nobodySetThis" }
            """;

    private static EntityApi deployed(FeatureServer server) {
        EntityApi api = EntityApi.of(server.http());
        Reply reply = api.deploy("hooks", PROGRAM);
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return api;
    }

    private static String order(EntityApi api) {
        String id = UUID.randomUUID().toString();
        assertThat(api.create("HookedOrder", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(201);
        return id;
    }

    private static String body(String order) {
        return "{\"order\":\"" + order + "\",\"data\":{\"object\":{\"id\":\"p1\",\"amount\":5}}}";
    }

    private static String signature(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> signed(String body, String delivery) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Signature", "sha256=" + signature(FeatureServer.HOOK_SECRET, body));
        headers.put("X-Delivery", delivery);
        return headers;
    }

    @ParameterizedTest
    @EnumSource
    void aSignedDeliveryRunsItsCommandOnce(FeatureServer server) {
        EntityApi api = deployed(server);
        String id = order(api);
        String body = body(id);
        String delivery = UUID.randomUUID().toString();

        Reply first = api.send("POST", "/hooks/Payments", body, signed(body, delivery));
        Reply again = api.send("POST", "/hooks/webhooks/payments", body, signed(body, delivery));

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("success").asBoolean()).isTrue();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.instance("HookedOrder", id).path("paid").asInt()).isEqualTo(5);
        assertThat(api.instance("HookedOrder", id).path("payments").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotProveItselfIsTurnedAway(FeatureServer server) {
        EntityApi api = deployed(server);
        String id = order(api);
        String body = body(id);
        Map<String, String> forged = signed(body, "d1");
        forged.put("X-Signature", "sha256=" + signature("another secret", body));
        Map<String, String> bare = Map.of("X-Delivery", "d1");

        assertThat(api.send("POST", "/hooks/Payments", body, forged).status()).isEqualTo(401);
        assertThat(api.send("POST", "/hooks/Payments", body, bare).status()).isEqualTo(401);
        assertThat(api.send("POST", "/hooks/Payments", body.replace("5", "6"), signed(body, "d1"))
                        .status())
                .as("another body than was signed")
                .isEqualTo(401);
        Map<String, String> keyless = signed(body, "");
        assertThat(api.send("POST", "/hooks/Payments", body, keyless).status()).isEqualTo(400);
        assertThat(api.send("POST", "/hooks/Unset", "{}", signed("{}", "d1")).status())
                .as("a secret that nobody has set")
                .isEqualTo(500);
        assertThat(api.instance("HookedOrder", id).path("payments").asInt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookWithoutSignatureTakesWhateverFits(FeatureServer server) {
        EntityApi api = deployed(server);
        Reply said = api.send("POST", "/hooks/Slack", "{\"channel\":\"c\",\"text\":\"hello\"}", Map.of());
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(said.json().at("/emittedEvents/0/payload/message").asText()).isEqualTo("hello");
        assertThat(api.send("POST", "/hooks/Slack", "{\"channel\":7}", Map.of()).status())
                .as("the command's own checks count")
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", ""})
    void aBodyThatIsNoObjectIsRefused(String body) {
        EntityApi api = deployed(FeatureServer.EMBEDDED);
        assertThat(api.send("POST", "/hooks/Slack", body, Map.of()).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownHookOrAnotherMethodIsSaidSo(FeatureServer server) {
        EntityApi api = deployed(server);
        assertThat(api.send("POST", "/hooks/Nothing", "{}", Map.of()).status()).isEqualTo(404);
        Reply get = api.send("GET", "/hooks/Slack", null, Map.of());
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).isEqualTo("POST");
        assertThat(get.json().path("code").asText()).isEqualTo("METHOD_NOT_ALLOWED");
    }
}
