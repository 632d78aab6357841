package dev.pawl.manifest.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.ir.Constraint;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.ir.Provenance;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guides' dialect. What a program in the dialect means is said by a second program beside it, in the published
 * grammar: both must compile to the same IR. What is wrong with a program is said at its end.
 */
class DialectTest {
    private static final Path RESOURCES = ConformanceSuite.checkout().resolve("src/manifest/src/test/resources");

    static Stream<Path> guides() throws IOException {
        return files(RESOURCES.resolve("dialect"), ".guide.manifest");
    }

    static Stream<Path> mistakes() throws IOException {
        return files(RESOURCES.resolve("mistakes"), ".manifest");
    }

    static Stream<Path> samples() throws IOException {
        return files(ConformanceSuite.checkout().resolve("src/samples/src/main/resources/manifests"), ".manifest");
    }

    private static Stream<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
            assertThat(found).as("%s in %s", suffix, folder).isNotEmpty();
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    @Tag("M-02")
    void dialectMeansWhatThePlainProgramBesideItSays(Path guide) throws IOException {
        Path plain = guide.resolveSibling(guide.getFileName().toString().replace(".guide.", ".plain."));
        Compilation dialect = compile(guide, Grammar.EXTENDED);
        Compilation published = compile(plain, Grammar.PUBLISHED);
        assertThat(dialect.errors()).isEmpty();
        assertThat(published.errors()).isEmpty();
        assertThat(withoutProvenance(dialect)).isEqualTo(withoutProvenance(published));
        assertThat(compile(plain, Grammar.EXTENDED).errors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @Tag("M-03")
    void mistakesAreNamedWithLineColumnAndHint(Path file) throws IOException {
        String source = Files.readString(file);
        int notes = source.indexOf("// error") < 0 ? source.indexOf("// warning") : source.indexOf("// error");
        int firstWarning = source.indexOf("// warning");
        if (firstWarning >= 0) {
            notes = Math.min(notes, firstWarning);
        }
        List<String> expected = source.substring(notes)
                .lines()
                .map(line -> line.substring("// ".length()))
                .toList();
        Compilation compilation = ManifestCompiler.compile(source.substring(0, notes), Grammar.EXTENDED);
        assertThat(compilation.diagnostics().stream().map(DialectTest::note).toList())
                .isEqualTo(expected);
        assertThat(compilation.success()).isEqualTo(expected.stream().noneMatch(line -> line.startsWith("error")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    @Tag("M-02")
    void sampleProgramCompilesWithNothingToSay(Path sample) throws IOException {
        assertThat(compile(sample, Grammar.EXTENDED).diagnostics()).isEmpty();
    }

    @Test
    @Tag("M-02")
    void inventorySampleLetsOnlyTheStockOutBeOverridden() throws IOException {
        Path file =
                ConformanceSuite.checkout().resolve("src/samples/src/main/resources/manifests/inventory-item.manifest");
        Ir ir = compile(file, Grammar.EXTENDED).ir().orElseThrow();
        List<Constraint> constraints =
                ir.command("InventoryItem", "consume").orElseThrow().constraints();
        assertThat(constraints).extracting(Constraint::code).containsExactly("stockOut", "belowPar");
        assertThat(constraints).extracting(Constraint::severity).containsExactly(Severity.BLOCK, Severity.WARN);
        assertThat(constraints).extracting(Constraint::failWhen).containsExactly(true, true);
        assertThat(constraints).extracting(Constraint::overrideable).containsExactly(true, false);
    }

    @Test
    @Tag("M-03")
    void answerAsJsonHasTheProgramOrNullAndEveryDiagnostic() {
        ObjectNode good = ManifestCompiler.compile("event Done: \"done\"", Grammar.EXTENDED)
                .toJson();
        assertThat(good.get("success").booleanValue()).isTrue();
        assertThat(good.at("/ir/events/0/channel").textValue()).isEqualTo("done");
        assertThat(good.get("diagnostics")).isEmpty();
        ObjectNode bad = ManifestCompiler.compile("evnt Done", Grammar.EXTENDED).toJson();
        assertThat(bad.get("success").booleanValue()).isFalse();
        assertThat(bad.get("ir").isNull()).isTrue();
        assertThat(bad.get("diagnostics").toString())
                .isEqualTo(
                        "[{\"severity\":\"error\",\"message\":\"Unexpected 'evnt' in the program. Did you mean 'event'?\","
                                + "\"line\":1,\"column\":1}]");
    }

    @Test
    @Tag("M-04")
    void equalSourcesGiveEqualProgramsWheneverTheyAreCompiled() {
        String source = "entity E { property a: string }";
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        Compilation one = ManifestCompiler.compile(source, Grammar.EXTENDED, first);
        Compilation same = ManifestCompiler.compile(source, Grammar.EXTENDED, first);
        Compilation later = ManifestCompiler.compile(source + " // changed", Grammar.EXTENDED, first.plusSeconds(1));
        assertThat(same).isEqualTo(one);
        Provenance provenance = one.ir().orElseThrow().provenance();
        assertThat(provenance.compiledAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(later.ir().orElseThrow().provenance().irHash()).isEqualTo(provenance.irHash());
        assertThat(later.ir().orElseThrow().provenance().contentHash()).isNotEqualTo(provenance.contentHash());
    }

    private static String note(Diagnostic diagnostic) {
        return diagnostic.severity().text() + " " + diagnostic.line() + ":" + diagnostic.column() + " "
                + diagnostic.message();
    }

    private static Compilation compile(Path file, Grammar grammar) throws IOException {
        return ManifestCompiler.compile(Files.readString(file), grammar);
    }

    private static String withoutProvenance(Compilation compilation) {
        ObjectNode json = IrJson.write(compilation.ir().orElseThrow());
        json.remove("provenance");
        return json.toPrettyString();
    }
}
