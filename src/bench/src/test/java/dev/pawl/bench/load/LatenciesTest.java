package dev.pawl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Latencies hundred = Latencies.ofMillis(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());

        assertThat(hundred.percentile(0.5)).isEqualTo(50);
        assertThat(hundred.percentile(0.99)).isEqualTo(99);
        assertThat(hundred.longest()).isEqualTo(100);
    }

    @Test
    void ofOneTimeEveryPercentileIsThatTime() {
        Latencies one = Latencies.ofMillis(List.of(7.0));

        assertThat(one.percentile(0)).isEqualTo(7);
        assertThat(one.percentile(0.99)).isEqualTo(7);
    }
}
