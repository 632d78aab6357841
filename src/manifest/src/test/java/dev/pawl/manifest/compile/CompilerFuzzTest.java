package dev.pawl.manifest.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ConformanceSuite;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.ReadRefused;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.syntax.Diagnostic;
import dev.pawl.manifest.syntax.Grammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the text, the compiler answers: a program, or an error with a message; no exception, no hang. */
class CompilerFuzzTest {
    private static final List<String> WORDS = List.of(
            "entity",
            "property",
            "computed",
            "command",
            "guard",
            "mutate",
            "emit",
            "constraint",
            "severity",
            "when",
            "message",
            "policy",
            "store",
            "event",
            "in",
            "memory",
            "module",
            "enum",
            "value",
            "on",
            "run",
            "fanOut",
            "saga",
            "step",
            "role",
            "allow",
            "webhook",
            "schedule",
            "cron",
            "every",
            "transition",
            "from",
            "to",
            "approval",
            "stages",
            "retry",
            "rateLimit",
            "extends",
            "mixin",
            "is",
            "not",
            "empty",
            "and",
            "or",
            "self",
            ".",
            ":",
            "=",
            "==",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            ",",
            "?",
            "=>",
            "+",
            "-",
            "\"text\"",
            "1",
            "2.5",
            "x",
            "y",
            "Order",
            "\n",
            "\n",
            "\n");

    @Property(tries = 300)
    @net.jqwik.api.Tag("M-03")
    void randomBytesAreAnswered(@ForAll byte[] bytes, @ForAll Grammar grammar) {
        answers(new String(bytes, StandardCharsets.UTF_8), grammar);
        answers(new String(bytes, StandardCharsets.ISO_8859_1), grammar);
    }

    @Property(tries = 500)
    @net.jqwik.api.Tag("M-03")
    void randomWordsOfTheLanguageAreAnswered(@ForAll("wordSalad") String source, @ForAll Grammar grammar) {
        answers(source, grammar);
    }

    @Provide
    Arbitrary<String> wordSalad() {
        return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(200).map(words -> String.join(" ", words));
    }

    @Property(tries = 1500)
    @net.jqwik.api.Tag("M-03")
    void damagedProgramsAreAnswered(@ForAll("damagedPrograms") String source, @ForAll Grammar grammar) {
        answers(source, grammar);
    }

    /** Names that refer to nothing included, which the published grammar does not look at. */
    @Property(tries = 1500)
    @net.jqwik.api.Tag("M-05")
    void whateverCompilesCanBeRun(@ForAll("damagedPrograms") String source, @ForAll Grammar grammar) {
        ManifestCompiler.compile(source, grammar).ir().ifPresent(CompilerFuzzTest::run);
    }

    /** Every command and every read, which may be refused. */
    private static void run(Ir program) {
        ManifestRuntime runtime = ManifestRuntime.of(
                List.of(program), RuntimePorts.inMemory(() -> Instant.EPOCH), RuntimeOptions.DEFAULT);
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        for (Entity entity : program.entities()) {
            runtime.execute(
                    CommandCall.storing(entity.name(), nothing.deepCopy().put("id", "i1")));
            for (String command : entity.commands()) {
                runtime.execute(CommandCall.of(entity.name(), command, "i1").with(nothing.deepCopy()));
                runtime.execute(CommandCall.of(entity.name(), command).with(nothing.deepCopy()));
            }
            try {
                runtime.get(entity.name(), "i1", Caller.anonymous());
            } catch (ReadRefused | EvaluationBudgetExceeded refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        for (Command command : program.commands()) {
            if (command.entity() == null) {
                runtime.execute(CommandCall.ofProgram(command.name()).with(nothing.deepCopy()));
            }
        }
    }

    @Provide
    Arbitrary<String> damagedPrograms() throws IOException {
        List<String> programs = programs();
        return Arbitraries.of(programs)
                .flatMap(program -> Arbitraries.longs().map(seed -> damaged(program, programs, new Random(seed))));
    }

    private static List<String> programs() throws IOException {
        List<String> programs = new ArrayList<>();
        Path samples = ConformanceSuite.checkout().resolve("src/samples/src/main/resources/manifests");
        Path dialect = ConformanceSuite.checkout().resolve("src/manifest/src/test/resources/dialect");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(samples)) {
            found.forEach(files::add);
        }
        try (Stream<Path> found = Files.list(dialect)) {
            found.forEach(files::add);
        }
        ConformanceSuite.find().ifPresent(suite -> suite.fixtures().forEach(files::add));
        for (Path file : files) {
            programs.add(Files.readString(file));
        }
        return programs;
    }

    private static String damaged(String program, List<String> others, Random random) {
        StringBuilder text = new StringBuilder(program);
        int edits = 1 + random.nextInt(6);
        for (int i = 0; i < edits && text.length() > 2; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 3 -> text.insert(at, " " + WORDS.get(random.nextInt(WORDS.size())) + " ");
                case 4 -> text.setLength(at + 1);
                default -> {
                    String other = others.get(random.nextInt(others.size()));
                    int from = random.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(80)));
                }
            }
        }
        return text.toString();
    }

    private static void answers(String source, Grammar grammar) {
        Compilation compilation = ManifestCompiler.compile(source, grammar);
        if (compilation.success()) {
            assertThat(compilation.errors()).isEmpty();
            assertThat(IrJson.read(IrJson.write(compilation.ir().orElseThrow())))
                    .isEqualTo(compilation.ir().orElseThrow());
        } else {
            assertThat(compilation.errors()).isNotEmpty();
        }
        for (Diagnostic diagnostic : compilation.diagnostics()) {
            assertThat(diagnostic.message()).isNotBlank();
            if (diagnostic.line() != null) {
                assertThat(diagnostic.line())
                        .isBetween(
                                1, (int) source.chars().filter(c -> c == '\n').count() + 1);
                assertThat(diagnostic.column()).isPositive();
            }
        }
    }

    /** Texts that grow without bound in one direction each. */
    enum Monster {
        PARENTHESES(n -> inExpression("(".repeat(n))),
        CLOSED_PARENTHESES(n -> inExpression("(".repeat(n) + "1" + ")".repeat(n))),
        BRACKETS(n -> inExpression("[".repeat(n))),
        BRACES(n -> "{".repeat(n)),
        CLOSING_BRACES(n -> "}".repeat(n)),
        OBJECTS(n -> inExpression("{a:".repeat(n))),
        MODULES(n -> "module m {\n".repeat(n)),
        NOTS(n -> inExpression("not ".repeat(n) + "x")),
        MINUSES(n -> inExpression("-".repeat(n) + "1")),
        TERNARIES(n -> inExpression("a ? b : ".repeat(n) + "c")),
        LAMBDAS(n -> inExpression("(x) => ".repeat(n) + "x")),
        CALLS(n -> inExpression("f(".repeat(n))),
        CALL_CHAIN(n -> inExpression("f" + "()".repeat(n))),
        MEMBERS(n -> inExpression("self" + ".a".repeat(n))),
        SUMS(n -> inExpression("1" + " + 1".repeat(n))),
        EMPTIES(n -> inExpression("x" + " is empty".repeat(n))),
        NESTED_EMPTIES(n -> inExpression("(".repeat(n) + "x" + " is empty)".repeat(n))),
        TYPES(n -> "entity E {\nproperty p: " + "array<".repeat(n) + "\n}"),
        ARRAY_TYPES(n -> "entity E {\nproperty p: string" + "[]".repeat(n) + "\n}"),
        COMMENTS(n -> "/*".repeat(n)),
        QUOTES(n -> "\"".repeat(n + 1)),
        NEWLINES(n -> "\n".repeat(n)),
        LONG_WORD(n -> "e".repeat(n)),
        LONG_NUMBER(n -> inExpression("9".repeat(n))),
        INHERITANCE(Monster::chainOfEntities),
        ROLES(n -> "role r0 extends r1 { }\n"
                + numbered(n, i -> "role r" + i + " extends r" + (i + 1) + " { allow a" + i + " }\n")),
        UNKNOWN_WORDS(n -> "wrod wrod wrod\n".repeat(n)),
        UNTYPED_COMPUTED(n -> "entity E {\n"
                + numbered(n, i -> "computed c" + i + " = self.c" + (i + 1) + " + self.c" + (i + 1) + "\n") + "}"),
        PARAMETERS(n -> "entity E {\ncommand c(" + numbered(n, i -> "p" + i + ": string, ") + ") { }\n}");

        private final IntFunction<String> text;

        Monster(IntFunction<String> text) {
            this.text = text;
        }

        private static String inExpression(String expression) {
            return "entity E {\n  computed c: number = " + expression + "\n}\n";
        }

        private static String numbered(int n, IntFunction<String> line) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= n; i++) {
                text.append(line.apply(i));
            }
            return text.toString();
        }

        private static String chainOfEntities(int n) {
            return "entity E0 { }\n" + numbered(n, i -> "entity E" + (n - i + 1) + " extends E" + (n - i) + " { }\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Monster.class)
    @Tag("M-03")
    void tenThousandOfAnythingIsAnsweredInTime(Monster monster) {
        String source = monster.text.apply(10_000);
        for (Grammar grammar : Grammar.values()) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> answers(source, grammar));
        }
    }
}
