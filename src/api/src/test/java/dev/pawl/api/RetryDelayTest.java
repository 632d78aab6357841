package dev.pawl.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Retry.Backoff;
import java.time.Duration;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("K-17")
class RetryDelayTest {

    @Property
    void jitterReplacesOnlyItsPartOfTheDelay(
            @ForAll Backoff backoff,
            @ForAll @IntRange(min = 1, max = 200) int attempt,
            @ForAll @LongRange(min = 0, max = 100_000) long initialMillis,
            @ForAll @LongRange(min = 0, max = 10_000_000) long maxMillis,
            @ForAll @DoubleRange(min = 1, max = 10) double multiplier,
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Retry whole = new Retry(
                backoff, 500, Duration.ofMillis(initialMillis), multiplier, Duration.ofMillis(maxMillis), 0, Set.of());
        long full = whole.delayAfter(attempt, random).toMillis();

        long jittered = whole.withJitter(jitter).delayAfter(attempt, random).toMillis();

        assertThat(full).isBetween(0L, maxMillis);
        assertThat(jittered).isBetween((long) Math.floor(full * (1 - jitter)) - 1, full);
    }

    @Property
    void delaysNeverShrinkFromAttemptToAttempt(
            @ForAll Backoff backoff,
            @ForAll @IntRange(min = 1, max = 1_000) int attempt,
            @ForAll @LongRange(min = 0, max = 100_000) long initialMillis) {
        Retry retry = new Retry(backoff, 2_000, Duration.ofMillis(initialMillis), 2, Duration.ofHours(1), 0, Set.of());

        assertThat(retry.delayAfter(attempt + 1, 0)).isGreaterThanOrEqualTo(retry.delayAfter(attempt, 0));
    }
}
