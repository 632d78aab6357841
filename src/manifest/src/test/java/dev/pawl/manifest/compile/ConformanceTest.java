package dev.pawl.manifest.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the shared suite, against its expected IR and its expected diagnostics. */
class ConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> expectedPrograms() {
        return ConformanceSuite.require().expected(".ir.json");
    }

    static Stream<Path> expectedDiagnostics() {
        return ConformanceSuite.require().expected(".diagnostics.json");
    }

    static Stream<Path> fixtures() {
        return ConformanceSuite.require().fixtures();
    }

    @ParameterizedTest
    @MethodSource("expectedPrograms")
    @Tag("M-01")
    @Tag("M-04")
    @Tag("M-17")
    void fixtureCompilesToItsExpectedProgram(Path expected) throws IOException {
        Compilation compilation = compile(name(expected), Grammar.PUBLISHED);
        assertThat(compilation.errors()).isEmpty();
        assertThat(comparable(IrJson.write(compilation.ir().orElseThrow())).toPrettyString())
                .isEqualTo(comparable((ObjectNode) JSON.readTree(expected.toFile()))
                        .toPrettyString());
    }

    @ParameterizedTest
    @MethodSource("expectedDiagnostics")
    @Tag("M-03")
    void fixtureGivesExactlyItsExpectedDiagnostics(Path expected) throws IOException {
        JsonNode expectation = JSON.readTree(expected.toFile());
        Compilation compilation = compile(name(expected), Grammar.PUBLISHED);
        assertThat(compilation.success())
                .isEqualTo(!expectation.path("shouldFail").asBoolean());
        JsonNode found = JSON.valueToTree(compilation.diagnostics());
        assertThat(found.toPrettyString())
                .isEqualTo(expectation.path("diagnostics").toPrettyString());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    @Tag("M-02")
    void everythingThatIsPublishedIsAlsoExtended(Path fixture) throws IOException {
        String name = name(fixture);
        Compilation published = compile(name, Grammar.PUBLISHED);
        Compilation extended = compile(name, Grammar.EXTENDED);
        assertThat(extended.errors().isEmpty())
                .as("%s: %s", name, extended.diagnostics())
                .isEqualTo(published.success());
        assertThat(extended.errors())
                .allSatisfy(error -> assertThat(error.line()).isNotNull());
    }

    @Test
    @Tag("M-03")
    @Tag("M-04")
    void numbersPassedAreReportedByKind() throws IOException {
        int programs = 0;
        int programsPassed = 0;
        for (Path expected : expectedPrograms().toList()) {
            programs++;
            Compilation compilation = compile(name(expected), Grammar.PUBLISHED);
            if (compilation.success()
                    && comparable(IrJson.write(compilation.ir().orElseThrow()))
                            .equals(comparable((ObjectNode) JSON.readTree(expected.toFile())))) {
                programsPassed++;
            }
        }
        int diagnostics = 0;
        int diagnosticsPassed = 0;
        for (Path expected : expectedDiagnostics().toList()) {
            diagnostics++;
            List<Diagnostic> found = compile(name(expected), Grammar.PUBLISHED).diagnostics();
            JsonNode foundJson = JSON.valueToTree(found);
            if (foundJson.equals(JSON.readTree(expected.toFile()).path("diagnostics"))) {
                diagnosticsPassed++;
            }
        }
        System.out.printf(
                "conformance: IR %d of %d, diagnostics %d of %d%n",
                programsPassed, programs, diagnosticsPassed, diagnostics);
        assertThat(List.of(programsPassed, diagnosticsPassed)).isEqualTo(List.of(programs, diagnostics));
    }

    private static Compilation compile(String name, Grammar grammar) throws IOException {
        return ManifestCompiler.compile(
                Files.readString(ConformanceSuite.require().fixture(name)), grammar);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    /**
     * The suite normalises where and when a program was compiled; what remains is compared, with the keys of objects
     * sorted because JSON gives them no order.
     */
    private static JsonNode comparable(ObjectNode ir) {
        ((ObjectNode) ir.get("provenance")).retain("schemaVersion");
        return sorted(ir);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JSON.createObjectNode();
            object.properties().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(entry -> result.set(entry.getKey(), sorted(entry.getValue())));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JSON.createArrayNode();
            array.forEach(element -> result.add(sorted(element)));
            return result;
        }
        return node;
    }
}
