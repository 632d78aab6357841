package dev.pawl.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP in bad use: the right 4xx as a problem document, and nothing stored. */
@ExtendWith(SharedServer.class)
class BadInputIT {

    private static final String RUNS = "/api/workflows/document-processor/runs";

    private final HttpApi http;
    private final LibertyServer server;

    BadInputIT(LibertyServer server) {
        this.server = server;
        this.http = server.http();
    }

    @ParameterizedTest
    @Tag("K-01")
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody             | {}                                                 | 404 | WORKFLOW_NOT_FOUND",
                "document-processor | {\"input\":                                        | 400 | MALFORMED_JSON",
                "document-processor | input=1                                            | 400 | MALFORMED_JSON",
                "document-processor | {\"input\":{}} {}                                  | 400 | MALFORMED_JSON",
                "document-processor | []                                                 | 400 | VALIDATION_FAILED",
                "document-processor | null                                               | 400 | VALIDATION_FAILED",
                "document-processor | {\"imput\":{}}                                     | 400 | VALIDATION_FAILED",
                "document-processor | {\"input\":{\"text\":\"a\"},\"priority\":\"high\"} | 400 | VALIDATION_FAILED",
                "document-processor | {\"input\":{\"text\":\"a\"},\"priority\":10}       | 400 | VALIDATION_FAILED",
                "document-processor | {\"input\":{\"text\":\"a\"},\"correlationId\":\"a\\u0000b\"} | 400 | VALIDATION_FAILED",
                "document-processor | {\"input\":{\"text\":\"a\"},\"metadata\":[]}       | 400 | VALIDATION_FAILED",
                "document-processor | {\"input\":7}                                      | 400 | INVALID_INPUT",
                "document-processor | {\"input\":{\"text\":7}}                           | 400 | INVALID_INPUT",
                "document-processor | {\"input\":{\"txet\":\"a\"}}                       | 400 | INVALID_INPUT",
                "document-processor | {\"input\":{\"text\":\"a\"},\"config\":{\"nobody\":{}}} | 400 | INVALID_CONFIG",
            })
    void aRunThatCannotBeStartedIsRefusedAndNothingIsStored(String workflow, String body, int status, String code) {
        int before = allRuns();

        HttpApi.Reply reply = http.post("/api/workflows/" + workflow + "/runs", body);

        assertProblem(reply, status, code);
        assertThat(reply.text()).doesNotContain("java.", "dev.pawl.", "jackson");
        assertThat(allRuns()).isEqualTo(before);
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertProblem(
                http.post(RUNS, SharedServer.start(), Map.of("Idempotency-Key", "k".repeat(256))),
                400,
                "VALIDATION_FAILED");
    }

    @Test
    void aVersionThatIsNotDeployedIsNotFound() {
        assertProblem(http.post(RUNS + "?version=99", SharedServer.start()), 404, "WORKFLOW_NOT_FOUND");
        assertProblem(http.get("/api/workflows/document-processor?version=99"), 404, "WORKFLOW_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=many",
                "status=DONE",
                "from=yesterday",
                "to=2026-13-01T00:00:00Z",
                "cursor=made-up",
                "cursor=AAAA",
                "q=%07"
            })
    void aQueryParameterThatCannotBeReadIsNamed(String query) {
        HttpApi.Reply reply = http.get("/api/runs?" + query);

        assertProblem(reply, 400, "INVALID_PARAMETER");
        assertThat(reply.json().at("/errors/0/pointer").asText())
                .isEqualTo("/" + query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a%20b",
                "'%20or%20'1'='1",
                "0000000000000000000000000000000000000000000000000000000000000000000"
            })
    void anIdThatNamesNoRunIsNotFound(String id) {
        for (String path : new String[] {"", "/events", "/steps", "/logs"}) {
            assertProblem(http.get("/api/runs/" + id + path), 404, "RUN_NOT_FOUND");
        }
        for (String verb : new String[] {"cancel", "pause", "resume"}) {
            assertProblem(http.post("/api/runs/" + id + "/" + verb, "{}"), 404, "RUN_NOT_FOUND");
        }
    }

    @Test
    void whatTheServerDoesNotSpeakIsRefused() {
        assertProblem(http.get("/api/nothing/here"), 404, "NOT_FOUND");
        assertProblem(http.get("/nothing"), 404, "NOT_FOUND");
        assertProblem(http.get("/documents/index.json"), 404, "NOT_FOUND");
        assertProblem(http.delete("/api/workflows"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(http.send("GET", "/api/workflows", null, Map.of("Accept", "image/png")), 406, "NOT_ACCEPTABLE");
        assertProblem(
                http.send("POST", RUNS, "<run/>", Map.of("Content-Type", "application/xml")),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aBodyThatAnnouncesFiftyMegabytesIsRefusedBeforeItIsSent() throws IOException {
        String answer = sendHead("Content-Length: 52428800");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("PAYLOAD_TOO_LARGE");
    }

    @Test
    void aBodyThatAnnouncesNothingIsRefusedOnceItIsTooLong() throws IOException {
        String correlation = UUID.randomUUID().toString();
        try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            byte[] chunk = new byte[65_536];
            Arrays.fill(chunk, (byte) 'x');
            sendChunk(
                    out,
                    ("{\"correlationId\":\"" + correlation + "\",\"input\":{\"text\":\"")
                            .getBytes(StandardCharsets.US_ASCII));
            try {
                for (int sent = 0; sent < 50 * 1024 * 1024; sent += chunk.length) {
                    sendChunk(out, chunk);
                }
                sendChunk(out, "\"}}".getBytes(StandardCharsets.US_ASCII));
                sendChunk(out, new byte[0]);
            } catch (IOException e) {
                // The server may hang up before it has everything; its answer, read next, is what counts.
            }
            assertThat(firstBytes(socket.getInputStream())).startsWith("HTTP/1.1 413");
        }
        assertThat(SharedServer.runsWith(http, correlation)).isZero();
    }

    private String sendHead(String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
            socket.getOutputStream().write(head(header));
            return firstBytes(socket.getInputStream());
        }
    }

    private byte[] head(String header) {
        return ("POST " + RUNS
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void sendChunk(OutputStream out, byte[] chunk) throws IOException {
        out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String firstBytes(InputStream in) throws IOException {
        return new String(in.readNBytes(600), StandardCharsets.UTF_8);
    }

    private int allRuns() {
        return http.get("/api/runs?limit=200").json().path("items").size();
    }

    private static void assertProblem(HttpApi.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("code").asText()).as(reply.text()).isEqualTo(code);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("instance").asText()).startsWith("/");
        assertThat(reply.json().path("detail").asText()).isNotBlank();
    }
}
