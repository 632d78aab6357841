package dev.pawl.manifest.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IrJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> expectedPrograms() {
        return ConformanceSuite.require().expected(".ir.json");
    }

    @ParameterizedTest
    @MethodSource("expectedPrograms")
    @Tag("M-04")
    void everyExpectedProgramIsReadAndWrittenUnchanged(Path file) throws Exception {
        JsonNode json = JSON.readTree(file.toFile());
        Ir ir = IrJson.read(json);
        assertThat(IrJson.write(ir)).isEqualTo(json);
        assertThat(IrJson.read(IrJson.write(ir))).isEqualTo(ir);
    }

    @Test
    @Tag("M-17")
    void partsThatNoFixtureShowsAreReadAndWrittenUnchanged() throws Exception {
        JsonNode json = JSON.readTree("""
                {"version":"1.0",
                 "provenance":{"contentHash":"a","compilerVersion":"1","schemaVersion":"1.0","compiledAt":"2026-01-01T00:00:00Z",
                   "sources":[{"path":"a.manifest","contentHash":"b"}]},
                 "modules":[],"values":[],"enums":[],"stores":[],"events":[],"commands":[],"policies":[],"reactions":[],
                 "entities":[{"name":"E","properties":[{"name":"at","type":{"name":"decimal","nullable":true,"params":{"precision":10,"scale":2}},
                    "defaultValue":{"kind":"object","properties":{"b":{"kind":"null"},"a":{"kind":"number","value":1.5}}},"autoNow":true,"modifiers":["indexed"]}],
                   "computedProperties":[{"name":"c","type":{"name":"number","nullable":false},"expression":{"kind":"object","properties":[{"key":"k","value":{"kind":"identifier","name":"x"}}]},
                     "dependencies":["x"],"cache":{"strategy":"ttl","ttlSeconds":60}}],
                   "relationships":[{"name":"r","kind":"ref","target":"E","onDelete":"setNull","onUpdate":"noAction"}],
                   "commands":[],"constraints":[],"policies":[],"defaultPolicies":["P"],"key":["tenantId","id"],"alternateKeys":[["a","b"]],
                   "timestamps":true,"realtime":true,"external":true,
                   "approvals":[{"name":"a","command":"c","stages":[],"emits":[],"onTimeout":{"action":"escalate","to":{"kind":"literal","value":{"kind":"string","value":"boss"}},"status":"expired","timeout":"reset"}},
                     {"name":"b","command":"c","stages":[],"emits":[],"onTimeout":{"action":"escalate","to":{"kind":"identifier","name":"x"},"status":"pending","timeout":12}}]}],
                 "schedules":[{"name":"s","commandName":"c","trigger":{"kind":"cron","cron":"0 0 * * *"},"params":[{"name":"p","expression":{"kind":"literal","value":{"kind":"number","value":1e21}}}]}]}
                """);
        assertThat(IrJson.write(IrJson.read(json))).isEqualTo(json);
    }

    @Test
    @Tag("M-04")
    void changeDeepInTheTreeChangesTheHash() throws Exception {
        String program = """
                {"version":"1.0","provenance":{"contentHash":"%s","compilerVersion":"1","schemaVersion":"1.0","compiledAt":"now"},
                 "modules":[],"values":[],"entities":[],"enums":[],"stores":[],"events":[],"policies":[],
                 "commands":[{"name":"c","parameters":[],"guards":[{"kind":"unary","operator":"not","operand":{"kind":"literal","value":{"kind":"boolean","value":%s}}}],
                   "constraints":[],"actions":[],"emits":[]}]}""";
        Ir first = IrJson.read(JSON.readTree(program.formatted("x", "true")));
        Ir sameElsewhere = IrJson.read(JSON.readTree(program.formatted("y", "true")));
        Ir changed = IrJson.read(JSON.readTree(program.formatted("x", "false")));
        assertThat(IrJson.hash(first))
                .hasSize(64)
                .isEqualTo(IrJson.hash(sameElsewhere))
                .isNotEqualTo(IrJson.hash(changed));
    }

    @Test
    void unknownPartIsRefusedWithItsName() throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree("{\"kind\":\"identifier\",\"name\":\"x\",\"extra\":1}");
        assertThatThrownBy(() -> IrJson.readExpression(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extra");
    }
}
