package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a request says, it is answered with a code that stays, never with a failure of the server. */
@Tag("M-06")
@Tag("M-18")
class UnfitRequestsIT {

    /** The database that takes no NUL in a text and no long text in an index. */
    private static final FeatureServer SERVER = FeatureServer.POSTGRES;

    private static final String PROGRAM = """
            entity UnfitThing {
              property required id: string
              property name: string = ""
              property size: number = 0
              command name(to: string) {
                mutate name = to
                emit UnfitNamed { target: to }
              }
            }
            entity UnfitPair {
              key [left, right]
              property required left: string
              property required right: string
              command touch() { mutate right = self.right }
            }
            event UnfitNamed: "unfit.named" { target: string }
            on UnfitNamed run UnfitPair.touch
              resolve payload.target
            saga UnfitSaga { step one { command: UnfitThing.name } }
            """;

    private static final String NUL = "\\u0000";

    private static EntityApi api;

    @BeforeAll
    static void deploy() {
        api = EntityApi.of(SERVER.http());
        Reply deployed = api.deploy("unfit", PROGRAM);
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
        assertThat(api.create("UnfitThing", "{\"id\":\"t\"}").status()).isIn(201, 409);
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
        assertThat(reply.json().path("code").asText()).as(reply.text()).matches("[A-Z_]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/entities/UnfitThing?cursor=AA",
                "/api/entities/UnfitThing?cursor=%25",
                "/api/entities/UnfitThing?limit=many",
                "/api/entities/UnfitThing?size=much",
                "/api/entities/UnfitThing?colour=red",
                "/api/entities/UnfitThing?include=parts",
                "/api/entities/UnfitThing/t?include=parts",
                "/api/manifests/no%20such",
                "/api/approvals?entity=%00",
                "/api/approvals?limit=0",
                "/api/events?entity=%00"
            })
    void aReadThatCannotBe(String path) {
        assertRefused(api.get(path));
    }

    /** The container refuses them before anybody else sees them. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/entities/UnfitThing/%00", "/api/manifests/%00", "/api/approvals/a%07b", "/hooks/%00"})
    void aPathThatCannotBe(String path) {
        assertThat(api.get(path).status()).isEqualTo(400);
    }

    @Test
    void aFilterThatFindsNothingIsAnEmptyList() {
        assertThat(api.get("/api/entities/UnfitThing?name=%00").json().path("items"))
                .isEmpty();
        assertThat(api.get("/api/entities/UnfitThing?name=" + "x".repeat(3_000)).status())
                .isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"" + NUL + "\"}",
                "{\"id\":\"\"}",
                "{\"id\":{}}",
                "{\"id\":\"u\",\"size\":\"big\"}",
                "{\"id\":\"u\",\"size\":1e999}",
                "{\"id\":\"u\",\"colour\":1}",
                "{\"id\":\"u\",\"$overrides\":7}",
                "{\"id\":\"u\",\"$overrides\":[{\"constraintCode\":\"x\"}]}",
                "{\"id\"",
                "[]",
                "7",
                "\"text\""
            })
    void anInstanceThatCannotBe(String body) {
        assertRefused(api.create("UnfitThing", body));
    }

    @Test
    void anIdThatIsTooLongIsRefusedWhereverItComesFrom() {
        String tooLong = "x".repeat(3_000);
        assertRefused(api.create("UnfitThing", "{\"id\":\"" + tooLong + "\"}"));
        assertRefused(api.create("UnfitPair", "{\"left\":\"a\",\"right\":\"" + tooLong + "\"}"));
        assertRefused(api.create("UnfitPair", "{\"left\":\"a\",\"right\":\"" + NUL + "\"}"));
        assertRefused(api.run("UnfitThing", tooLong, "name", "{\"to\":\"x\"}"));
        assertRefused(api.run("UnfitThing", "t", "name", "{\"to\":\"x\"}", Map.of("Idempotency-Key", tooLong)));
        assertRefused(api.run("UnfitThing", "t", "name", "{\"to\":\"x\"}", Map.of("If-Match", "soon")));
    }

    @ParameterizedTest
    @ValueSource(strings = {NUL, "nobody", "a" + NUL + "b"})
    void aTextOfAnyKindIsKeptAndLeadsAReactionToNobody(String text) {
        Reply named = api.run("UnfitThing", "t", "name", "{\"to\":\"" + text + "\"}");

        assertThat(named.status()).as(named.text()).isEqualTo(200);
        assertThat(named.json().at("/reactions/0/success").asBoolean()).isFalse();
        JsonNode kept = api.instance("UnfitThing", "t");
        assertThat(kept.path("name").asText()).isEqualTo(text.replace(NUL, "\u0000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/manifests | entity X { property required id: string }",
                "/api/manifests?name=%00 | entity X { property required id: string }",
                "/api/manifests?name=a%20b | entity X { property required id: string }",
                "/api/manifests?name=x&grammar=klingon | entity X { property required id: string }",
                "/api/manifests?name=unfit2 | entity {",
                "/api/manifests?name=unfit2 | entity UnfitThing { property required id: string }",
                "/api/replays | {\"commands\":[7]}",
                "/api/replays | {\"commands\":7}",
                "/api/replays | {\"commands\":[{\"entity\":7}]}",
                "/api/replays | {\"commands\":[{\"entity\":\"UnfitThing\",\"command\":\"name\",\"at\":\"soon\"}]}",
                "/api/replays | {\"instances\":[{}]}",
                "/api/replays | {\"instances\":[{\"entity\":\"Nothing\",\"properties\":{}}]}",
                "/api/replays | []",
                "/api/approvals/x/approve | []",
                "/api/approvals/x/approve | {\"stage\":7}",
                "/api/approvals/x/reject | {}",
                "/api/sagas/UnfitSaga/runs | {\"steps\":7}",
                "/api/entities/UnfitThing/t/commands/name | {}",
                "/hooks/nothing | {}"
            })
    void aRequestThatCannotBe(String path, String body) {
        boolean program = path.startsWith("/api/manifests");
        Reply reply = api.send("POST", path, body, Map.of("Content-Type", program ? "text/plain" : "application/json"));
        if (program && reply.status() == 422) {
            assertThat(reply.json().path("diagnostics")).isNotEmpty();
        } else {
            assertRefused(reply);
        }
    }

    @Test
    void aSagaOnAnIdThatCannotBeFailsWithItsReason() {
        Reply started = api.send(
                "POST",
                "/api/sagas/UnfitSaga/runs",
                "{\"input\":{\"to\":\"x\"},\"steps\":{\"one\":{\"id\":\"" + NUL + "\"}}}",
                Map.of());
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        JsonNode run = SERVER.awaitStatus(started.json().path("id").asText(), "FAILED");
        assertThat(run.at("/error/code").asText()).isEqualTo("INVALID_INPUT");
    }
}
