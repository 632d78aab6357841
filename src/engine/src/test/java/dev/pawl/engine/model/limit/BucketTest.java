package dev.pawl.engine.model.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-06")
class BucketTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Rate RATE = new Rate(6, Duration.ofMinutes(1), 2);

    private static Bucket empty() {
        return Bucket.full(RATE, NOW).taken().taken();
    }

    @Test
    void aFullBucketHoldsTheBurstAndNoMore() {
        assertThat(Bucket.full(RATE, NOW).taken().hasToken()).isTrue();
        assertThat(empty().hasToken()).isFalse();
        assertThat(empty().filled(RATE, NOW.plus(Duration.ofDays(1))).tokens()).isEqualTo(2);
    }

    @Test
    void aTokenIsThereWhenItWasSaidToBe() {
        Instant next = empty().nextToken(RATE);
        assertThat(next).isBetween(NOW.plusSeconds(10), NOW.plusSeconds(10).plusMillis(1));
        assertThat(empty().filled(RATE, next).hasToken()).isTrue();
        assertThat(empty().filled(RATE, NOW.plusMillis(9_990)).hasToken()).isFalse();
    }

    @Test
    void partsOfATokenAddUp() {
        Bucket bucket = empty();
        for (int second = 1; second <= 10; second++) {
            bucket = bucket.filled(RATE, NOW.plusSeconds(second));
        }
        assertThat(bucket.hasToken()).isTrue();
    }

    @Test
    void aClockThatGoesBackAddsNothing() {
        Bucket later = empty().filled(RATE, NOW.plusSeconds(5));
        assertThat(later.filled(RATE, NOW)).isEqualTo(later);
    }

    @Test
    void limitsAreReadAsTheyWereWritten() {
        Limits all = new Limits(1, 2, RATE, new Rate(1, Duration.ofHours(3), 7), 4, 5);
        assertThat(Limits.decode(all.encoded())).isEqualTo(all);
        assertThat(Limits.decode(Limits.perLane(3).encoded())).isEqualTo(Limits.perLane(3));
    }

    @Test
    void aHoldIsReadAsItWasWritten() {
        Hold hold = new Hold(true, true, "LIMIT", "a | b", NOW);
        assertThat(Hold.decodeOrNull(hold.encoded())).isEqualTo(hold);
        assertThat(Hold.decodeOrNull(hold.released().begun().encoded()))
                .isEqualTo(hold.released().begun());
        assertThat(Hold.decodeOrNull(null)).isNull();
    }
}
