package dev.pawl.ejb.lookout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DueTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Queue<Runnable> begun = new ArrayDeque<>();
    private final AtomicInteger done = new AtomicInteger();
    private final DueTime due = new DueTime("select 1", done::incrementAndGet, begun::add);

    @Test
    void nothingIsBegunBeforeItsTimeWhichIsLookedAtAgain() {
        assertThat(due.told(seconds(NOW.plusMillis(1_500)), NOW)).contains(NOW.plusMillis(1_500));
        assertThat(begun).isEmpty();
    }

    @Test
    void whatIsDueIsBegunAndLookedAtAgainSoonWhileThatHelps() {
        assertThat(due.told(seconds(NOW.minusSeconds(9)), NOW)).contains(NOW.plusMillis(20));
        assertThat(due.told(seconds(NOW.minusSeconds(8)), NOW)).contains(NOW.plusMillis(20));
    }

    @Test
    void whatStaysDueIsLookedAtLessAndLessAndAtLastNoMoreOftenThanEverythingElse() {
        BigDecimal stuck = seconds(NOW.minusSeconds(9));
        due.told(stuck, NOW);
        for (int millis : List.of(40, 80, 160, 320, 640)) {
            assertThat(due.told(stuck, NOW)).contains(NOW.plusMillis(millis));
        }
        for (int look = 0; look < 1_000; look++) {
            assertThat(due.told(stuck, NOW)).isEmpty();
        }

        assertThat(due.told(seconds(NOW.minusSeconds(8)), NOW))
                .as("when it moves on")
                .contains(NOW.plusMillis(20));
    }

    @Test
    void whatGoesOnIsNotBegunASecondTimeAndWhatHasEndedIs() {
        due.told(BigDecimal.ZERO, NOW);
        due.told(BigDecimal.ZERO, NOW);
        assertThat(begun).hasSize(1);
        begun.remove().run();
        due.told(BigDecimal.ZERO, NOW);
        begun.remove().run();
        assertThat(done).hasValue(2);
    }

    @Test
    void aFailureDoesNotEndTheWatch() {
        DueTime failing = new DueTime(
                "select 1",
                () -> {
                    done.incrementAndGet();
                    throw new IllegalStateException("cannot be done");
                },
                begun::add);
        failing.told(BigDecimal.ZERO, NOW);
        begun.remove().run();
        failing.told(BigDecimal.ZERO, NOW);
        begun.remove().run();
        assertThat(done).hasValue(2);
    }

    @Test
    void nothingIsBegunWhereNothingWaits() {
        assertThat(due.told(null, NOW)).isEmpty();
        assertThat(begun).isEmpty();
    }

    private static BigDecimal seconds(Instant time) {
        return new BigDecimal(time.toEpochMilli()).movePointLeft(3);
    }
}
