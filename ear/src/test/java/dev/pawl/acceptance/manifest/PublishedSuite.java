package dev.pawl.acceptance.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The published conformance suite, kept beside the checkout. Without it the tests that need it are skipped on a developer's
 * machine and fail where {@code CI=true}.
 */
final class PublishedSuite {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    private PublishedSuite(Path root) {
        this.root = root;
    }

    static PublishedSuite require() {
        Path checkout = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(checkout.resolve("ear/pom.xml"))) {
            checkout = checkout.getParent();
        }
        Path root = checkout.resolveSibling("shared").resolve("manifest-conformance");
        if (!Files.isDirectory(root.resolve("fixtures"))) {
            String missing = "the conformance suite is not there: " + root;
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return new PublishedSuite(root);
    }

    /** The names of the fixtures that have an expectation of this kind. */
    List<String> fixturesWith(String kind) {
        String suffix = "." + kind + ".json";
        try (Stream<Path> files = Files.list(root.resolve("expected"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String program(String fixture) {
        return text(root.resolve("fixtures").resolve(fixture + ".manifest"));
    }

    JsonNode expected(String fixture, String kind) {
        try {
            return JSON.readTree(text(root.resolve("expected").resolve(fixture + "." + kind + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
