package dev.pawl.manifest;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The published conformance suite, kept beside the checkout in {@code ../shared/manifest-conformance}. Without it the
 * tests that need it are skipped on a developer's machine and fail where {@code CI=true}.
 */
public final class ConformanceSuite {
    private final Path root;

    private ConformanceSuite(Path root) {
        this.root = root;
    }

    public static ConformanceSuite require() {
        return find().orElseGet(() -> {
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                return fail("the conformance suite is missing: expected it in " + location());
            }
            return abort("the conformance suite is not there: " + location());
        });
    }

    public static Optional<ConformanceSuite> find() {
        return Files.isDirectory(location().resolve("fixtures"))
                ? Optional.of(new ConformanceSuite(location()))
                : Optional.empty();
    }

    private static Path location() {
        return checkout().resolveSibling("shared").resolve("manifest-conformance");
    }

    /** The files in {@code expected} that end so, in the order of their numbers. */
    public Stream<Path> expected(String suffix) {
        return list(root.resolve("expected"), suffix).stream();
    }

    public Stream<Path> fixtures() {
        return list(root.resolve("fixtures"), ".manifest").stream();
    }

    public Path fixture(String name) {
        return root.resolve("fixtures").resolve(name + ".manifest");
    }

    private static List<Path> list(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted(Comparator.comparingInt(ConformanceSuite::number))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    /** The root of the checkout: two folders above this module, wherever the tests are started. */
    public static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("src/manifest/pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            return fail("the tests run outside a checkout");
        }
        return folder;
    }
}
