package dev.pawl.samples.trip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.NonRetryableException;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.trip.BookTrip.Booked;
import dev.pawl.samples.trip.BookTrip.Payment;
import dev.pawl.samples.trip.BookTrip.Trip;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
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
class BookTripTest {

    private static final Trip TRIP = new Trip("t-1", "Rome");

    private final List<String> done = new ArrayList<>();
    private final TestEngine engine = TestEngine.with(new BookTrip(new WatchedAgency((what, key) -> done.add(what))));

    /** Notes what it does. */
    private record WatchedAgency(BiConsumer<String, String> notes) implements TravelAgency {
        @Override
        public String bookFlight(String trip, String destination, String key) {
            notes.accept("flight", key);
            return "R-4";
        }

        @Override
        public void cancelFlight(String trip, String key) {
            notes.accept("no flight", key);
        }

        @Override
        public String bookHotel(String trip, String destination, String key) {
            notes.accept("hotel", key);
            return "Grand Hotel";
        }

        @Override
        public void cancelHotel(String trip, String key) {
            notes.accept("no hotel", key);
        }
    }

    @Test
    void aTripThatIsPaidWithinADayIsBooked() {
        TestRun run = engine.start(BookTrip.class, TRIP);
        engine.advance(Duration.ofHours(23));
        engine.publish(BookTrip.PAID, "t-1", new Payment(90_000));

        assertThat(run.output(Booked.class)).isEqualTo(new Booked("R-4", "Grand Hotel", 90_000));
        assertThat(done).containsExactly("flight", "hotel");
    }

    @ParameterizedTest
    @CsvSource({"book-flight, no flight", "book-hotel, 'flight, no hotel, no flight'"})
    void whatWasBookedIsCancelledInReverseOrder(String failing, String expected) {
        engine.failStep(failing, 1, new NonRetryableException("FULL", failing));

        TestRun run = engine.start(BookTrip.class, TRIP);

        assertThat(run.error().orElseThrow().code()).isEqualTo("FULL");
        assertThat(done).containsExactly(expected.split(", "));
    }

    @Test
    void aTripThatIsNotPaidIsCancelled() {
        TestRun run = engine.start(BookTrip.class, TRIP);
        engine.advance(BookTrip.PAYABLE_FOR);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().message()).contains("'trip.paid' of 't-1' in vain");
        assertThat(done).containsExactly("flight", "hotel", "no hotel", "no flight");
    }

    @Test
    void aTripIsCancelledByItsCustomer() {
        TestRun run = engine.start(BookTrip.class, TRIP);
        run.cancelAndCompensate("rain");

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(done).endsWith("no hotel", "no flight");
    }

    @Test
    void whereverTheServerDiesNothingIsBookedOrCancelledUnderTwoKeys() {
        CrashMatrix.of(trial -> {
                    TestEngine dying =
                            trial.engine(TestEngine.with(new BookTrip(new WatchedAgency(trial.effects()::happen))));
                    TestRun run = dying.start(BookTrip.class, TRIP);
                    dying.advance(BookTrip.PAYABLE_FOR);
                    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                    assertThat(trial.effects().distinct("no flight")).isEqualTo(1);
                    assertThat(trial.effects().distinct("no hotel")).isEqualTo(1);
                })
                .verify();
    }
}
