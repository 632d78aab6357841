package dev.pawl.acceptance.feature.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.artifact.probe.Pattern;
import dev.pawl.acceptance.server.HttpApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts by stages and over HTTP, on servers with 768 MB of heap. */
@Tag("D-08")
class ArtifactIT {

    private static final long FIFTY_MEGABYTES = 50L << 20;

    /** Put and read as one stream. */
    private static final long LARGE = 100L << 20;

    private final HttpClient client = HttpClient.newHttpClient();

    private static Map<String, ?> input(long bytes, String gate) {
        return Map.of("input", Map.of("bytes", bytes, "gate", gate));
    }

    private HttpResponse<InputStream> get(FeatureServer server, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofInputStream());
    }

    private static URI uri(FeatureServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.server().httpPort() + path);
    }

    private static String hash(InputStream content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(content, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @ParameterizedTest
    @EnumSource
    void fiftyMegabytesOfAStageAreReadWhileItRunsAndAfterwards(FeatureServer server) throws Exception {
        String gate = "artifact-" + UUID.randomUUID();
        String run = server.startRun("keeps-artifacts", input(FIFTY_MEGABYTES, gate));
        server.awaitReached(gate);
        String artifacts = "/api/runs/" + run + "/artifacts";

        JsonNode listed = server.http().get(artifacts).json().path("items");
        assertThat(listed.findValuesAsText("key")).containsExactly("large/pattern.bin", "note");
        assertThat(listed.path(0).path("size").asLong()).isEqualTo(FIFTY_MEGABYTES);
        assertThat(listed.path(0).path("stage").asText()).isEqualTo("keep-large");
        HttpResponse<InputStream> large = get(server, artifacts + "/large/pattern.bin");
        assertThat(large.statusCode()).isEqualTo(200);
        assertThat(large.headers().firstValueAsLong("Content-Length")).hasValue(FIFTY_MEGABYTES);
        assertThat(large.headers().firstValue("Content-Type")).contains("application/x-pattern");
        String hash = hash(large.body());
        assertThat(hash)
                .isEqualTo(listed.path(0).path("sha256").asText())
                .isEqualTo(hash(new Pattern(FIFTY_MEGABYTES)));
        assertThat(large.headers().firstValue("ETag")).contains("\"" + hash + "\"");
        assertThat(server.http()
                        .send(
                                "GET",
                                artifacts + "/large/pattern.bin",
                                null,
                                Map.of("If-None-Match", "\"" + hash + "\""))
                        .status())
                .isEqualTo(304);

        server.open(gate);
        JsonNode output = server.awaitStatus(run, "COMPLETED").path("output");
        assertThat(output.path("read").asLong()).isEqualTo(FIFTY_MEGABYTES);
        assertThat(server.http().get(artifacts + "/note").text()).isEqualTo("é");
    }

    @ParameterizedTest
    @EnumSource
    void aBodyFromOutsideGoesInAndOutInParts(FeatureServer server) throws Exception {
        String run = server.startRun("keeps-artifacts", input(1, ""));
        server.awaitStatus(run, "COMPLETED");
        String path = "/api/runs/" + run + "/artifacts/from%20outside/large.bin";
        long begin = System.nanoTime();
        HttpResponse<String> put = client.send(
                HttpRequest.newBuilder(uri(server, path))
                        .PUT(BodyPublishers.ofInputStream(() -> new Pattern(LARGE)))
                        .build(),
                BodyHandlers.ofString());
        long written = System.nanoTime();
        assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        HttpResponse<InputStream> read = get(server, path);
        assertThat(read.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
        assertThat(hash(read.body())).isEqualTo(hash(new Pattern(LARGE)));
        System.out.printf(
                "%s: %d MB put in %d ms, read in %d ms%n",
                server, LARGE >> 20, (written - begin) / 1_000_000, (System.nanoTime() - written) / 1_000_000);

        assertThat(server.http().delete(path).status()).isEqualTo(204);
        assertThat(server.http().get(path).json().path("code").asText()).isEqualTo("ARTIFACT_NOT_FOUND");
    }

    @ParameterizedTest
    @EnumSource
    void artifactsAreReplacedListedInPartsAndRefusedForWhatIsNotThere(FeatureServer server) {
        String run = server.startRun("keeps-artifacts", input(1, ""));
        server.awaitStatus(run, "COMPLETED");
        HttpApi http = server.http();
        String artifacts = "/api/runs/" + run + "/artifacts";
        Map<String, String> text = Map.of("Content-Type", "text/plain; charset=utf-8");
        assertThat(http.send("PUT", artifacts + "/a/b", "one", text).status()).isEqualTo(201);
        assertThat(http.send("PUT", artifacts + "/a/b", "two", text).status()).isEqualTo(200);
        assertThat(http.send("PUT", artifacts + "/%C3%BC;%25", "odd", text).status())
                .isEqualTo(201);
        assertThat(http.get(artifacts + "/a/b").text()).isEqualTo("two");

        JsonNode part = http.get(artifacts + "?limit=1").json();
        assertThat(part.path("items").findValuesAsText("key")).containsExactly("a/b");
        assertThat(http.get(artifacts + "?limit=2&cursor=" + part.path("next").asText())
                        .json()
                        .path("items")
                        .findValuesAsText("key"))
                .containsExactly("large/pattern.bin", "note");
        assertThat(http.get(artifacts + "?prefix=a/").json().path("items")).hasSize(1);

        assertThat(http.send("PUT", "/api/runs/none/artifacts/a", "x", text).status())
                .isEqualTo(404);
        assertThat(http.send("PUT", artifacts + "/a//b", "x", text)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(http.delete(artifacts + "/none").status()).isEqualTo(404);
    }
}
