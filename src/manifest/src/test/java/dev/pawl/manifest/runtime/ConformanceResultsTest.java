package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.syntax.Grammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
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

    private static final AtomicInteger PASSED = new AtomicInteger();
    private static final AtomicInteger PRESENT = new AtomicInteger();

    @AfterAll
    static void report() {
        System.out.println("conformance: results " + PASSED + " of " + PRESENT
                + " (every case from the published IR and from its compiled source)");
    }

    @TestFactory
    Stream<DynamicContainer> programsBehaveAsThePublishedResultsSay() {
        ConformanceSuite suite = ConformanceSuite.require();
        return suite.expected(".results.json").flatMap(results -> fixture(suite, results));
    }

    private static Stream<DynamicContainer> fixture(ConformanceSuite suite, Path results) {
        String name = results.getFileName().toString().replace(".results.json", "");
        Ir published = IrJson.read(read(results.resolveSibling(name + ".ir.json")));
        Ir compiled = ManifestCompiler.compile(text(suite.fixture(name)), Grammar.PUBLISHED)
                .ir()
                .orElseThrow();
        return Stream.of(
                cases(name + " from the published IR", published, results),
                cases(name + " from its source", compiled, results));
    }

    private static DynamicContainer cases(String name, Ir program, Path results) {
        return DynamicContainer.dynamicContainer(
                name,
                StreamSupport.stream(read(results).get("testCases").spliterator(), false)
                        .map(expected ->
                                DynamicTest.dynamicTest(expected.path("name").asText(), () -> {
                                    PRESENT.incrementAndGet();
                                    new ResultsCase(program, expected).run();
                                    PASSED.incrementAndGet();
                                })));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
