package dev.pawl.samples.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.NonRetryableException;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.payment.TicketSale.Receipt;
import dev.pawl.samples.payment.TicketSale.Sale;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("W-09")
@Tag("J-10")
class TicketSaleTest {

    private static final Sale SALE = new Sale("Hamlet", "4242", 5_000);

    private final List<String> done = new ArrayList<>();

    /** Notes what it does, and refuses one thing. */
    private record WatchedOffice(String refusing, BiConsumer<String, String> notes) implements BoxOffice {

        private void act(String what, String key) {
            if (what.equals(refusing)) {
                throw new NonRetryableException("NO", "no " + what);
            }
            notes.accept(what, key);
        }

        @Override
        public void hold(String sale, String card, long cents, String key) {
            act("hold", key);
        }

        @Override
        public void release(String sale, String key) {
            act("release", key);
        }

        @Override
        public void capture(String sale, String key) {
            act("capture", key);
        }

        @Override
        public void refund(String sale, String key) {
            act("refund", key);
        }

        @Override
        public String print(String sale, String show, String key) {
            act("print", key);
            return "row 1";
        }
    }

    private TestEngine refusing(String what) {
        return TestEngine.with(new TicketSale(new WatchedOffice(what, (done, key) -> this.done.add(done))));
    }

    @Test
    void aSaleThatGoesWellUndoesNothing() {
        TestRun run = refusing("nothing").start(TicketSale.class, SALE);

        assertThat(run.output(Receipt.class)).isEqualTo(new Receipt("row 1", null));
        assertThat(done).containsExactly("hold", "capture", "print");
    }

    @ParameterizedTest
    @CsvSource({"hold, release", "capture, hold refund release", "print, hold capture refund release"})
    void whereverItFailsTheMoneyGoesBackTheWayItCame(String failing, String rest) {
        TestRun run = refusing(failing).start(TicketSale.class, SALE);

        assertThat(run.output(Receipt.class)).isEqualTo(new Receipt(null, "NO"));
        assertThat(done).containsExactly(rest.split(" "));
    }

    @Test
    void compensationsAreRepeatedUntilTheySucceed() {
        TestEngine engine = refusing("print").failStep("refund", 2, new IOException("bank closed"));

        TestRun run = engine.start(TicketSale.class, SALE);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofSeconds(6));

        assertThat(run.output(Receipt.class).refusal()).isEqualTo("NO");
        assertThat(done).endsWith("refund", "release");
    }

    @Test
    void moneyThatCannotBeGivenBackFailsTheRunWithTheOriginalError() {
        TestEngine engine = refusing("print").failStep("refund", 3, new IOException("bank closed"));

        TestRun run = engine.start(TicketSale.class, SALE);
        engine.advance(Duration.ofSeconds(6));

        assertThat(run.error().orElseThrow().code()).isEqualTo("NO");
        assertThat(done).as("the other compensation runs all the same").endsWith("release");
    }

    @Test
    void theOfficeOfTheServerRefusesAsItSays() {
        TestEngine village = TestEngine.with(new TicketSale());

        assertThat(village.start(TicketSale.class, new Sale("Hamlet", "0000", 1))
                        .output(Receipt.class))
                .isEqualTo(new Receipt(null, "CARD_DECLINED"));
        assertThat(village.start(TicketSale.class, new Sale("sold out", "4242", 1))
                        .output(Receipt.class))
                .isEqualTo(new Receipt(null, "SOLD_OUT"));
    }

    @Test
    void whereverTheServerDiesMoneyMovesUnderOneKey() {
        for (String failing : List.of("nothing", "capture", "print")) {
            CrashMatrix.of(trial -> {
                        BoxOffice office = new WatchedOffice(failing, trial.effects()::happen);
                        TestEngine dying = trial.engine(TestEngine.with(new TicketSale(office)));
                        dying.start(TicketSale.class, SALE).output(Receipt.class);
                        assertThat(trial.effects().distinct("hold")).isEqualTo(1);
                        assertThat(trial.effects().distinct("refund")).isEqualTo(failing.equals("nothing") ? 0 : 1);
                    })
                    .verify();
        }
    }
}
