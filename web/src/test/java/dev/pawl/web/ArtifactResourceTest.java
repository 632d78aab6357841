package dev.pawl.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D-08")
class ArtifactResourceTest {

    private static final int LIMIT = 1_000;
    private static final String HASH_OF_X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    private final Endpoint endpoint = new Endpoint(LIMIT);

    @BeforeEach
    void aRunIsThere() throws Exception {
        endpoint.engine.runs.put("r1", FakeEngine.run("r1", RunStatus.RUNNING));
        RunHeader header =
                new RunHeader(new RunId("r1"), "default", "greet", 1, 5, "r1", "anonymous", null, FakeEngine.NOW);
        endpoint.database.inTransaction(() -> {
            endpoint.database.runs().save(List.of(Run.create(header, new RunRequest(Payload.EMPTY, "{}", "{}"))));
            return true;
        });
    }

    private MockHttpResponse put(String key, String body) {
        return endpoint.exchange("PUT", "/runs/r1/artifacts/" + key, body, Map.of("Content-Type", "text/plain"));
    }

    private static JsonNode json(MockHttpResponse response) {
        return JsonCodec.parse(text(response));
    }

    private static String text(MockHttpResponse response) {
        return new String(response.getOutput(), StandardCharsets.UTF_8);
    }

    private static String header(MockHttpResponse response, String name) {
        return String.valueOf(response.getOutputHeaders().getFirst(name));
    }

    @Test
    void whatIsPutIsReadReplacedAndRemoved() {
        MockHttpResponse created = put("pages/1", "x");
        assertThat(created.getStatus()).isEqualTo(201);
        assertThat(json(created).path("key").asText()).isEqualTo("pages/1");
        assertThat(json(created).path("size").asLong()).isEqualTo(1);
        assertThat(json(created).path("sha256").asText()).isEqualTo(HASH_OF_X);
        assertThat(json(created).has("stage")).isFalse();
        assertThat(put("pages/1", "yy").getStatus()).isEqualTo(200);
        put("pages/1", "x");

        MockHttpResponse read = endpoint.exchange("GET", "/runs/r1/artifacts/pages/1", "", Map.of());
        assertThat(read.getStatus()).isEqualTo(200);
        assertThat(text(read)).isEqualTo("x");
        assertThat(header(read, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(header(read, "Content-Length")).isEqualTo("1");
        assertThat(header(read, "ETag")).contains(HASH_OF_X);
        assertThat(header(read, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(read, "Content-Security-Policy")).contains("sandbox");

        MockHttpResponse head = endpoint.exchange("HEAD", "/runs/r1/artifacts/pages/1", "", Map.of());
        assertThat(header(head, "Content-Length")).isEqualTo("1");
        assertThat(text(head)).isEmpty();

        assertThat(endpoint.exchange("DELETE", "/runs/r1/artifacts/pages/1", "", Map.of())
                        .getStatus())
                .isEqualTo(204);
        MockHttpResponse gone = endpoint.exchange("DELETE", "/runs/r1/artifacts/pages/1", "", Map.of());
        assertThat(gone.getStatus()).isEqualTo(404);
        assertThat(json(gone).path("code").asText()).isEqualTo("ARTIFACT_NOT_FOUND");
        assertThat(endpoint.database.blobs().list("")).isEmpty();
    }

    @Test
    void whoHasItAlreadyIsTold() {
        put("a", "x");
        MockHttpResponse same =
                endpoint.exchange("GET", "/runs/r1/artifacts/a", "", Map.of("If-None-Match", "\"" + HASH_OF_X + "\""));
        assertThat(same.getStatus()).isEqualTo(304);
        assertThat(text(same)).isEmpty();
        assertThat(endpoint.exchange("GET", "/runs/r1/artifacts/a", "", Map.of("If-None-Match", "\"other\""))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void artifactsAreListedInParts() {
        for (String key : List.of("b/2", "a", "b/1", "b/3", "c")) {
            put(key, "x");
        }
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode part = endpoint.get("/runs/r1/artifacts?limit=2" + cursor).json();
            part.path("items").forEach(item -> keys.add(item.path("key").asText()));
            cursor = part.has("next") ? "&cursor=" + part.path("next").asText() : null;
        } while (cursor != null);
        assertThat(keys).containsExactly("a", "b/1", "b/2", "b/3", "c");
        assertThat(endpoint.get("/runs/r1/artifacts?prefix=b/").json().path("items"))
                .hasSize(3);
        assertThat(endpoint.get("/runs/r1/artifacts?prefix=none").json().path("items"))
                .isEmpty();
    }

    @Test
    void aRunOfSomebodyElseHasNone() {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            MockHttpResponse answer = endpoint.exchange(method, "/runs/other/artifacts/a", "x", Map.of());
            assertThat(answer.getStatus()).isEqualTo(404);
            assertThat(json(answer).path("code").asText()).isEqualTo("RUN_NOT_FOUND");
        }
        assertThat(endpoint.get("/runs/other/artifacts").code()).isEqualTo("RUN_NOT_FOUND");
        assertThat(endpoint.database.blobs().list("")).isEmpty();
    }

    @Test
    void aBodyWithoutATypeIsOfAnyType() {
        endpoint.exchange("PUT", "/runs/r1/artifacts/a", "x", Map.of());
        assertThat(header(endpoint.exchange("GET", "/runs/r1/artifacts/a", "", Map.of()), "Content-Type"))
                .isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/../b", ".", "a%00b", "a%5Cb"})
    void aKeyThatCannotBeIsRefused(String key) {
        MockHttpResponse answer = put(key, "x");
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(json(answer).path("code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo("/key");
    }

    @Test
    void encodedCharactersOfAKeyAreDecoded() {
        assertThat(put("a%20b/%C3%BC%3B%25", "x").getStatus()).isEqualTo(201);
        assertThat(endpoint.get("/runs/r1/artifacts").json().at("/items/0/key").asText())
                .isEqualTo("a b/ü;%");
        assertThat(text(endpoint.exchange("GET", "/runs/r1/artifacts/a%20b/%C3%BC%3B%25", "", Map.of())))
                .isEqualTo("x");
    }

    @Test
    void artifactsHaveALimitOfTheirOwn() {
        assertThat(put("a", "x".repeat(2 * LIMIT)).getStatus()).isEqualTo(201);

        MockHttpResponse tooLarge = put("b", "x".repeat(5 * LIMIT));

        assertThat(tooLarge.getStatus()).isEqualTo(413);
        assertThat(json(tooLarge).path("code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(json(tooLarge).path("detail").asText()).contains("pawl.artifact.max-bytes");
        assertThat(endpoint.get("/runs/r1/artifacts").json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=%00", "cursor=!", "limit=0", "limit=1001"})
    void aQueryThatCannotBeReadIsNamed(String query) {
        assertThat(endpoint.get("/runs/r1/artifacts?" + query).code()).isEqualTo("INVALID_PARAMETER");
    }
}
