package dev.pawl.manifest.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.manifest.ir.Schedule;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("M-17")
class DueTimesTest {

    private static DueTimes cron(String expression) {
        return new DueTimes(new Schedule.Trigger(Schedule.Kind.CRON, expression, null));
    }

    private static DueTimes every(double millis) {
        return new DueTimes(new Schedule.Trigger(Schedule.Kind.EVERY, null, millis));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *    | 2026-03-01T02:00:00Z | 2026-03-02T01:59:59Z |",
                "0 2 * * *    | 2026-03-01T02:00:00Z | 2026-03-02T02:00:00Z | 2026-03-02T02:00:00Z",
                "0 2 * * *    | 2026-03-01T02:00:00Z | 2026-03-02T02:00:30Z | 2026-03-02T02:00:00Z",
                "0 2 * * *    | 2026-03-01T02:00:00Z | 2026-03-05T09:00:00Z | 2026-03-05T02:00:00Z",
                "*/15 * * * * | 2026-03-01T02:00:00Z | 2026-03-01T02:46:00Z | 2026-03-01T02:45:00Z",
                "0 9 * * MON  | 2026-03-01T00:00:00Z | 2026-03-02T09:00:01Z | 2026-03-02T09:00:00Z",
                "0 9 * * 1-5  | 2026-02-27T09:00:00Z | 2026-03-01T12:00:00Z |",
                // the thirteenth or a Friday, as cron has always had it
                "0 0 13 * 5   | 2026-03-01T00:00:00Z | 2026-03-06T00:00:00Z | 2026-03-06T00:00:00Z",
                "0 0 13 * 5   | 2026-04-11T00:00:00Z | 2026-04-13T00:00:00Z | 2026-04-13T00:00:00Z",
            })
    void aCronScheduleIsDueAtItsLastTime(String expression, Instant last, Instant now, Instant due) {
        assertThat(cron(expression).due(last, now)).isEqualTo(java.util.Optional.ofNullable(due));
    }

    @Test
    void anIntervalCountsFromTheLastFireAndCatchesUpOnce() {
        Instant last = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(every(60_000).due(last, last.plusSeconds(59))).isEmpty();
        assertThat(every(60_000).due(last, last.plusSeconds(61))).contains(last.plusSeconds(60));
        assertThat(every(60_000).due(last, last.plusSeconds(3_601))).contains(last.plusSeconds(3_600));
        assertThat(every(60_000).next(last)).contains(last.plusSeconds(60));
        assertThat(cron("0 2 * * *").next(last)).contains(Instant.parse("2026-03-01T02:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now and then", "61 * * * *", "* * * *", "0 0 32 1 *"})
    void whatIsNoCronExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> cron(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> every(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
