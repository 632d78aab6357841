package dev.pawl.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private final Endpoint endpoint = new Endpoint(1_000);

    @Test
    void whatJaxRsRefusesIsAProblemToo() {
        assertProblem(endpoint.get("/nothing/here"), 404, "NOT_FOUND");
        assertProblem(endpoint.send("DELETE", "/workflows", null, null, null), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void aFailureOfTheServerTellsItsIncidentAndNothingElse() {
        endpoint.engine.broken = new IllegalStateException("password=secret");

        var answer = endpoint.post("/workflows/greet/runs", "{}");

        assertProblem(answer, 500, "INTERNAL_ERROR");
        assertThat(answer.json().path("detail").asText()).matches(".*incident [0-9a-f-]{36}");
        assertThat(answer.text()).doesNotContain("secret", "IllegalState", "at dev.pawl");
    }

    @Test
    void aRefusalWrappedByTheContainerKeepsItsMeaning() {
        endpoint.engine.broken = new RuntimeException(
                "transaction rolled back",
                new dev.pawl.engine.command.RefusedException(dev.pawl.engine.command.Refusal.of(
                        dev.pawl.engine.command.RefusalCode.IDEMPOTENCY_IN_PROGRESS, "still at it")));

        assertProblem(endpoint.post("/workflows/greet/runs", "{}"), 409, "IDEMPOTENCY_IN_PROGRESS");
    }

    private static void assertProblem(Endpoint.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        for (String member : List.of("type", "title", "detail", "instance")) {
            assertThat(answer.json().path(member).asText()).as(member).isNotBlank();
        }
    }
}
