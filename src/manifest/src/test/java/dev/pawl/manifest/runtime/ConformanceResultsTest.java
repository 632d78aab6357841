package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("M-05")
@Tag("M-06")
@Tag("M-07")
@Tag("M-08")
@Tag("M-09")
class ConformanceResultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicContainer> programsBehaveAsThePublishedResultsSay() {
        ConformanceSuite suite = ConformanceSuite.require();
        return suite.expected(".results.json").map(ConformanceResultsTest::fixture);
    }

    private static DynamicContainer fixture(Path results) {
        String name = results.getFileName().toString().replace(".results.json", "");
        Ir program = IrJson.read(read(results.resolveSibling(name + ".ir.json")));
        return DynamicContainer.dynamicContainer(
                name,
                StreamSupport.stream(read(results).get("testCases").spliterator(), false)
                        .map(expected -> DynamicTest.dynamicTest(
                                expected.path("name").asText(), () -> new ResultsCase(program, expected).run())));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
