package dev.pawl.samples.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.samples.printing.NeighbourhoodShop;
import dev.pawl.samples.printing.PrintOnDemand;
import dev.pawl.samples.printing.PrintOrder;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-25")
@Tag("J-10")
class TellOfFailuresTest {

    private final TestEngine engine =
            TestEngine.with(PrintOnDemand.pipeline(new NeighbourhoodShop(new ManualClock()::now)));
    private final List<String> told = new ArrayList<>();

    private TestRun startTooLarge() {
        TestRun run = engine.start("print-on-demand", new PrintOrder("Encyclopaedia", 1_000, 101));
        engine.advance(Duration.ofSeconds(2));
        return run;
    }

    @Test
    void somebodyIsToldOfAFailedRun() {
        engine.listeners(new TellOfFailures(told::add));

        TestRun run = startTooLarge();

        assertThat(told).singleElement().asString().startsWith("Run " + run.id() + " of print-on-demand failed: ");
    }

    @Test
    void somebodyWhoCannotBeReachedIsToldLater() {
        engine.listeners(new TellOfFailures(text -> {
            told.add(text);
            if (told.size() < 3) {
                throw new UncheckedIOException(new ConnectException("nobody home"));
            }
        }));

        startTooLarge();
        engine.advance(Duration.ofMinutes(1));

        assertThat(told).hasSize(3);
    }
}
