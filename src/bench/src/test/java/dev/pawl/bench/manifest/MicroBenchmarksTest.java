package dev.pawl.bench.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.runtime.CommandResult;
import org.junit.jupiter.api.Test;

class MicroBenchmarksTest {

    @Test
    void theCommandChangesThreePropertiesAndEmitsOneEvent() {
        CommandBenchmark benchmark = new CommandBenchmark();
        benchmark.prepare();

        benchmark.takeFromStock();
        CommandResult second = benchmark.takeFromStock();

        assertThat(second.instance()).isNotNull();
        assertThat(second.instance().toString()).contains("\"taken\":2", "\"status\":\"open\"", "999999999998");
        assertThat(second.emittedEvents()).hasSize(1);
    }

    @Test
    void theProgramHasTwoThousandLinesAndCompiles() {
        assertThat(Programs.ofLines(CompilerBenchmark.LINES).lines().count()).isBetween(2000L, 2040L);

        Ir ir = new CompilerBenchmark().compileTwoThousandLines().ir().orElseThrow();

        assertThat(ir.entities()).hasSizeGreaterThan(50);
    }
}
