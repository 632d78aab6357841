package dev.pawl.bench.manifest;

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
     * @param briefly only to see that they run: the times mean little
     */
    public static void run(boolean briefly) throws RunnerException {
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
        new Runner(options.build()).run();
    }
}
