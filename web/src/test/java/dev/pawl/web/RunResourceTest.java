package dev.pawl.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.LogFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunResourceTest {

    private final Endpoint endpoint = new Endpoint(1_000);

    @BeforeEach
    void oneRun() {
        endpoint.engine.runs.put("r1", FakeEngine.run("r1", RunStatus.RUNNING));
    }

    @Test
    @Tag("E-05")
    void aRunIsReadById() {
        assertThat(endpoint.get("/runs/r1").json().path("status").asText()).isEqualTo("RUNNING");
        assertThat(endpoint.get("/runs/r1/steps").json().path("items").isArray())
                .isTrue();
        assertThat(endpoint.get("/runs/r1/events?after=3&limit=10").status()).isEqualTo(200);
        assertThat(endpoint.get("/runs/r1/logs").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "%00",
                "a%0Ab",
                "%20",
                "..%2F..",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void anIdThatNamesNoRunIsNotFoundOnEveryPath(String id) {
        for (String path : new String[] {"", "/events", "/steps", "/logs"}) {
            var answer = endpoint.get("/runs/" + id + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        }
        assertThat(endpoint.post("/runs/" + id + "/cancel", "{}").status()).isEqualTo(404);
    }

    @Test
    @Tag("D-06")
    void theLogIsSelectedByLevelStageAndTime() {
        endpoint.get("/runs/r1/logs?level=WARN&stage=fetch&from=2026-01-31T08:30:00Z");

        assertThat(endpoint.engine.logFilters)
                .containsExactly(
                        new LogFilter(List.of("WARN", "ERROR"), "fetch", Instant.parse("2026-01-31T08:30:00Z")));
        assertThat(endpoint.get("/runs/r1/logs?level=LOUD").code()).isEqualTo("INVALID_PARAMETER");
        assertThat(endpoint.get("/runs/r1/logs?from=soon").code()).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void theListTakesSeveralStatusesRepeatedOrWithCommas() {
        endpoint.get("/runs?status=RUNNING,PENDING&status=FAILED&workflow=greet&from=2026-01-31T09:30:00%2B01:00");

        var filter = endpoint.engine.filters.get(0);
        assertThat(filter.statuses()).isEqualTo(Set.of(RunStatus.RUNNING, RunStatus.PENDING, RunStatus.FAILED));
        assertThat(filter.workflowId()).isEqualTo("greet");
        assertThat(filter.from()).isEqualTo(Instant.parse("2026-01-31T08:30:00Z"));
        assertThat(filter.to()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=DONE",
                "limit=0",
                "limit=201",
                "limit=many",
                "from=yesterday",
                "to=2026-13-01T00:00:00Z",
                "cursor=made-up",
                "q=%00",
                "workflow=%07"
            })
    void aParameterThatCannotBeReadIsNamed(String query) {
        var answer = endpoint.get("/runs?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_PARAMETER");
        assertThat(answer.json().at("/errors/0/pointer").asText())
                .isEqualTo("/" + query.substring(0, query.indexOf('=')));
        assertThat(endpoint.engine.filters).isEmpty();
    }

    @Test
    @Tag("K-10")
    void cancelCarriesItsReason() {
        var answer = endpoint.post("/runs/r1/cancel", "{\"reason\":\"too late\"}");

        assertThat(answer.text()).isEqualTo("{\"cancelled\":true,\"status\":\"CANCELLED\"}");
        assertThat(endpoint.engine.envelopes.get(0).command()).isEqualTo(new CancelRun(new RunId("r1"), "too late"));
    }

    @Test
    @Tag("K-34")
    void pauseAndResumeNeedNoBody() {
        assertThat(endpoint.post("/runs/r1/pause", null).text()).isEqualTo("{\"paused\":true,\"changed\":true}");
        assertThat(endpoint.post("/runs/r1/resume", null).text()).isEqualTo("{\"paused\":false,\"changed\":true}");
        assertThat(endpoint.engine.envelopes.get(1).command()).isEqualTo(new PauseRun(new RunId("r1"), false));
    }
}
