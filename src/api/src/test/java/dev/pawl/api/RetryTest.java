package dev.pawl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-17")
class RetryTest {

    @Test
    void byDefaultThereAreThreeAttemptsTwoAndFourSecondsApart() {
        assertThat(Retry.DEFAULT.maxAttempts()).isEqualTo(3);
        assertThat(delays(Retry.DEFAULT, 2)).containsExactly(2_000L, 4_000L);
    }

    @Test
    void eachBackoffGrowsInItsOwnWay() {
        Duration first = Duration.ofSeconds(3);

        assertThat(delays(Retry.fixed(9, first), 4)).containsExactly(3_000L, 3_000L, 3_000L, 3_000L);
        assertThat(delays(Retry.linear(9, first), 4)).containsExactly(3_000L, 6_000L, 9_000L, 12_000L);
        assertThat(delays(Retry.exponential(9, first), 4)).containsExactly(3_000L, 6_000L, 12_000L, 24_000L);
        assertThat(delays(Retry.exponential(9, first).withMultiplier(1.5), 3)).containsExactly(3_000L, 4_500L, 6_750L);
    }

    @Test
    void noDelayIsLongerThanTheCap() {
        Retry capped = Retry.exponential(2_000, Duration.ofSeconds(1)).withMaxDelay(Duration.ofSeconds(5));

        assertThat(delays(capped, 5)).containsExactly(1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
        assertThat(capped.delayAfter(1_999, 0)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void attemptsEndWhereTheyAreUsedUp() {
        Retry three = Retry.fixed(3, Duration.ZERO);

        assertThat(three.allowsAfter(1, new IOException())).isTrue();
        assertThat(three.allowsAfter(2, new IOException())).isTrue();
        assertThat(three.allowsAfter(3, new IOException())).isFalse();
        assertThat(Retry.none().allowsAfter(1, new IOException())).isFalse();
    }

    @Test
    void someFailuresEndTheAttemptsAtOnce() {
        Retry retry = Retry.fixed(3, Duration.ZERO).notFor(IOException.class, IllegalStateException.class);

        assertThat(retry.allowsAfter(1, new FileNotFoundException())).isFalse();
        assertThat(retry.allowsAfter(1, new IllegalStateException())).isFalse();
        assertThat(retry.allowsAfter(1, new IllegalArgumentException())).isTrue();
        assertThat(Retry.DEFAULT.allowsAfter(1, new NonRetryableException("NO", "no")))
                .isFalse();
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Retry.fixed(0, Duration.ZERO)).hasMessageContaining("maxAttempts");
        assertThatThrownBy(() -> Retry.fixed(1, Duration.ofSeconds(-1))).hasMessageContaining("negative");
        assertThatThrownBy(() -> Retry.DEFAULT.withMultiplier(0.5)).hasMessageContaining("multiplier");
        assertThatThrownBy(() -> Retry.DEFAULT.withMultiplier(Double.NaN)).hasMessageContaining("multiplier");
        assertThatThrownBy(() -> Retry.DEFAULT.withJitter(1.1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> Retry.DEFAULT.withJitter(Double.NaN)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> StageOptions.DEFAULT.withTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("timeout");
    }

    private static List<Long> delays(Retry retry, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(attempt -> retry.delayAfter(attempt, 0).toMillis())
                .toList();
    }
}
