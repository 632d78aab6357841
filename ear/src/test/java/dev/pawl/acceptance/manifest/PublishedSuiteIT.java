package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every program of the published conformance suite, through the deployed application. */
@ExtendWith(SecuredServer.class)
class PublishedSuiteIT {

    private final PublishedSuite suite = PublishedSuite.require();

    @Test
    @Tag("M-01")
    @Tag("M-04")
    @Tag("M-17")
    void everyFixtureCompilesToItsExpectedProgram(SecuredServer.Running server) {
        List<String> fixtures = suite.fixturesWith("ir");
        List<String> otherwise = new ArrayList<>();
        for (String fixture : fixtures) {
            JsonNode compiled = compile(server.api(), fixture);
            if (!compiled.path("success").asBoolean()
                    || !comparable(compiled.get("ir")).equals(comparable(suite.expected(fixture, "ir")))) {
                otherwise.add(fixture);
            }
        }
        report("IR", fixtures.size() - otherwise.size(), fixtures.size());
        assertThat(fixtures).hasSizeGreaterThan(40);
        assertThat(otherwise).isEmpty();
    }

    @Test
    @Tag("M-03")
    void everyFixtureGivesItsExpectedDiagnostics(SecuredServer.Running server) {
        List<String> fixtures = suite.fixturesWith("diagnostics");
        List<String> otherwise = new ArrayList<>();
        for (String fixture : fixtures) {
            JsonNode expected = suite.expected(fixture, "diagnostics");
            JsonNode compiled = compile(server.api(), fixture);
            if (compiled.path("success").asBoolean()
                            == expected.path("shouldFail").asBoolean()
                    || !compiled.path("diagnostics").equals(expected.path("diagnostics"))) {
                otherwise.add(fixture + ": " + compiled.path("diagnostics"));
            }
        }
        report("diagnostics", fixtures.size() - otherwise.size(), fixtures.size());
        assertThat(fixtures).hasSizeGreaterThan(20);
        assertThat(otherwise).isEmpty();
    }

    @Test
    @Tag("M-01")
    @Tag("M-05")
    @Tag("M-06")
    @Tag("M-07")
    @Tag("M-09")
    @Tag("M-17")
    void everyResultThatRequestsCanAskForIsTheExpectedOne(SecuredServer.Running server) {
        PublishedResults.assertAll("embedded database", suite, server.api(), server.issuer());
    }

    private JsonNode compile(EntityApi api, String fixture) {
        Reply reply = api.send(
                "POST",
                "/api/manifests/compile?grammar=published",
                suite.program(fixture),
                Map.of("Content-Type", "text/plain"));
        assertThat(reply.status()).as(fixture).isEqualTo(200);
        return reply.json();
    }

    /** The suite says nothing of where and when a program was compiled. */
    private static JsonNode comparable(JsonNode ir) {
        ObjectNode comparable = ir.deepCopy();
        ((ObjectNode) comparable.get("provenance")).retain("schemaVersion");
        return comparable;
    }

    private static void report(String what, int passed, int present) {
        System.out.printf("conformance over HTTP: %s %d of %d%n", what, passed, present);
    }
}
