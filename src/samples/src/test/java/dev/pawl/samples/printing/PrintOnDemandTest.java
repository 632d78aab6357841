package dev.pawl.samples.printing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-10")
@Tag("J-10")
class PrintOnDemandTest {

    private final ManualClock shopClock = new ManualClock();
    private final TestEngine engine = TestEngine.with(PrintOnDemand.pipeline(new NeighbourhoodShop(shopClock::now)));

    @Test
    void theCustomerIsToldOnceTheShopHasPrinted() {
        TestRun run = engine.start("print-on-demand", new PrintOrder("Walden", 120, 1));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofSeconds(10));
        assertThat(engine.polls("print-elsewhere")).isEqualTo(5);

        shopClock.advance(Duration.ofSeconds(20));
        engine.advance(Duration.ofSeconds(2));

        assertThat(run.output(TellCustomer.Note.class).text()).isEqualTo("120 sheets wait for you on shelf-1");
        assertThat(run.executions("print-elsewhere")).isEqualTo(1);
    }

    @Test
    void anOrderTheShopDoesNotTakeFailsAtOnce() {
        TestRun run = engine.start("print-on-demand", new PrintOrder("Encyclopaedia", 1_000, 101));
        engine.advance(Duration.ofSeconds(2));

        assertThat(run.error().orElseThrow().code()).isEqualTo("PRINT_REJECTED");
    }

    @Test
    void aShopThatDoesNotAnswerNowAndThenIsAskedAgain() {
        TestRun run = engine.failPoll("print-elsewhere", 2, new IOException("line busy"))
                .start("print-on-demand", new PrintOrder("Walden", 1, 1));
        shopClock.advance(Duration.ofMinutes(1));
        engine.advance(Duration.ofSeconds(10));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(engine.polls("print-elsewhere")).isEqualTo(3);
    }

    @Test
    void aServerThatDiesWhileTheShopPrintsDoesNotOrderTwice() {
        TestRun run =
                engine.crashAfterPoll("print-elsewhere", 1).start("print-on-demand", new PrintOrder("Emma", 1, 1));
        shopClock.advance(Duration.ofMinutes(1));
        engine.advance(Duration.ofSeconds(4));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.executions("print-elsewhere")).isEqualTo(1);
    }

    @Test
    void whereverTheServerDiesTheShopHearsOfOneOrder() {
        CrashMatrix.of(trial -> {
                    PrintShop shop = new PrintShop() {
                        @Override
                        public String submit(PrintOrder order, String key) {
                            trial.effects().happen("ordered", key);
                            return "n-1";
                        }

                        @Override
                        public Optional<Parcel> ask(String orderNumber) {
                            return Optional.of(new Parcel(120, "shelf-1"));
                        }
                    };
                    TestEngine dying = trial.engine(TestEngine.with(PrintOnDemand.pipeline(shop)));
                    TestRun run = dying.start("print-on-demand", new PrintOrder("Walden", 120, 1));
                    dying.advance(Duration.ofMinutes(1));
                    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
                    assertThat(trial.effects().distinct("ordered")).isEqualTo(1);
                })
                // a stage has three attempts, which as many deaths in it would use up
                .deaths(2)
                .verify();
    }
}
