package dev.pawl.samples.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.guards.AskForForecast.Forecast;
import dev.pawl.samples.guards.AskForForecast.Question;
import dev.pawl.samples.guards.ConvertPrice.Converted;
import dev.pawl.samples.guards.ConvertPrice.Price;
import dev.pawl.samples.guards.PrintPosters.Order;
import dev.pawl.samples.guards.PrintPosters.Printed;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GuardsTest {

    @Test
    @Tag("W-06")
    void theForecastComesAtTheThirdAttempt() {
        TestRun run = TestEngine.with(new AskForForecast()).start(AskForForecast.class, new Question("Leeds"));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        TestEngine engine = TestEngine.with(new AskForForecast());
        TestRun other = engine.start(AskForForecast.class, new Question("Leeds"));
        engine.advance(Duration.ofSeconds(3));
        assertThat(other.output(Forecast.class)).isEqualTo(new Forecast("Leeds", "rain later"));
        assertThat(engine.executions("ask")).isEqualTo(3);
    }

    @Test
    @Tag("W-06")
    void aTownThatIsNotThereIsAskedForOnce() {
        TestEngine engine = TestEngine.with(new AskForForecast());
        TestRun run = engine.start(AskForForecast.class, new Question("Atlantis"));
        assertThat(run.error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo("UNKNOWN_TOWN"));
        assertThat(engine.executions("ask")).isEqualTo(1);
    }

    @Test
    @Tag("R-04")
    void aBankThatIsDownIsLeftAloneUntilItMayHaveRecovered() {
        AtomicBoolean isDown = new AtomicBoolean(true);
        AtomicInteger asked = new AtomicInteger();
        TestEngine engine = TestEngine.with(new ConvertPrice(currency -> {
            asked.incrementAndGet();
            if (isDown.get()) {
                throw new IOException("no answer");
            }
            return new BigDecimal("2");
        }));
        List<String> ways = new ArrayList<>();
        for (int price = 0; price < 5; price++) {
            ways.add(convert(engine).by());
        }
        assertThat(ways).containsExactly("STEP_FAILED", "STEP_FAILED", "STEP_FAILED", "CIRCUIT_OPEN", "CIRCUIT_OPEN");
        assertThat(asked).hasValue(3);
        isDown.set(false);
        engine.advance(Duration.ofSeconds(30));
        assertThat(convert(engine)).isEqualTo(new Converted(2_000, "USD", "bank"));
        assertThat(convert(engine).by()).isEqualTo("bank");
    }

    private static Converted convert(TestEngine engine) {
        return engine.start(ConvertPrice.class, new Price(1_000, "USD")).output(Converted.class);
    }

    @Test
    @Tag("R-05")
    void postersAreAnsweredInTheOrderOfTheList() {
        List<String> posters =
                IntStream.range(0, 20).mapToObj(number -> "poster " + number).toList();
        TestEngine engine = TestEngine.with(new PrintPosters());
        TestRun run = engine.start(PrintPosters.class, new Order(posters));
        engine.advance(Duration.ofMinutes(1));
        assertThat(run.output(Printed.class).sheets())
                .containsExactlyElementsOf(posters.stream()
                        .map(poster -> poster + ", printed here")
                        .toList());
    }
}
