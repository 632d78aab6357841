package dev.pawl.bench.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.compile.ManifestCompiler;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.syntax.Grammar;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One command on an instance in memory: two guards, two constraints, three mutations, one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommandBenchmark {

    private static final int KEPT_EVENTS = 1000;
    private static final double PLENTY = 1e12;

    private ManifestRuntime runtime;
    private CommandCall call;

    /** Compiles the program and stores the instance. */
    @Setup
    public void prepare() {
        runtime = ManifestRuntime.of(
                List.of(ManifestCompiler.compile(Programs.STOCK_ITEM, Grammar.EXTENDED)
                        .ir()
                        .orElseThrow()),
                RuntimePorts.on(new InMemoryEntities(KEPT_EVENTS), InstantSource.system()),
                RuntimeOptions.DEFAULT);
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("id", "item-1")
                .put("name", "bolt")
                .put("onHand", PLENTY);
        demandSuccess(runtime.execute(CommandCall.storing(Programs.ENTITY, item)));
        call = CommandCall.of(Programs.ENTITY, Programs.COMMAND, "item-1")
                .with(JsonNodeFactory.instance.objectNode().put("quantity", 1));
    }

    @Benchmark
    public CommandResult takeFromStock() {
        return demandSuccess(runtime.execute(call));
    }

    /** A refusal would be quick and mean nothing. */
    private static CommandResult demandSuccess(CommandResult result) {
        if (!result.success()) {
            throw new IllegalStateException("refused: " + result.toJson());
        }
        return result;
    }
}
