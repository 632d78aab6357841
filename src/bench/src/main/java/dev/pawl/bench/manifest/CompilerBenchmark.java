package dev.pawl.bench.manifest;

import dev.pawl.manifest.compile.Compilation;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.syntax.Grammar;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A program of 2,000 lines from its text to its intermediate form. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CompilerBenchmark {

    static final int LINES = 2000;

    private final String program = Programs.ofLines(LINES);

    @Benchmark
    public Compilation compileTwoThousandLines() {
        Compilation compilation = ManifestCompiler.compile(program, Grammar.EXTENDED);
        if (!compilation.success()) {
            throw new IllegalStateException("does not compile: " + compilation.errors());
        }
        return compilation;
    }
}
