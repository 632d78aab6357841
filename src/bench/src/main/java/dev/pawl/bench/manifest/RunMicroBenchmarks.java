package dev.pawl.bench.manifest;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro-benchmarks, each in a JVM of its own. */
public final class RunMicroBenchmarks {

    private static final TimeValue MOMENT = TimeValue.milliseconds(500);
    private static final TimeValue WHILE = TimeValue.seconds(2);

    private RunMicroBenchmarks() {}

    /**
     * Answers how long each benchmark took on average.
     *
     * @param briefly only to see that they run: the times mean little
     */
    public static List<Result<?>> run(boolean briefly) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(CommandBenchmark.class.getName())
                .include(CompilerBenchmark.class.getName())
                .shouldFailOnError(true);
        if (briefly) {
            options.forks(1)
                    .warmupIterations(1)
                    .warmupTime(MOMENT)
                    .measurementIterations(1)
                    .measurementTime(MOMENT);
        } else {
            options.forks(2)
                    .warmupIterations(5)
                    .warmupTime(WHILE)
                    .measurementIterations(5)
                    .measurementTime(WHILE);
        }
        List<Result<?>> results = new ArrayList<>();
        new Runner(options.build()).run().forEach(result -> results.add(result.getPrimaryResult()));
        return results;
    }
}
