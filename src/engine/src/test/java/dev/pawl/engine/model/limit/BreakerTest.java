package dev.pawl.engine.model.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Breaker failing(int times) {
        Breaker breaker = Breaker.CLOSED;
        for (int second = 0; second < times; second++) {
            breaker = breaker.failed(NOW.plusSeconds(second), 3, MINUTE, MINUTE);
        }
        return breaker;
    }

    @Test
    void itOpensWithTheFailureThatIsOneTooMany() {
        assertThat(failing(2).state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(failing(3).state()).isEqualTo(Breaker.State.OPEN);
        assertThat(failing(3).until()).isEqualTo(NOW.plusSeconds(62));
        assertThat(failing(4)).as("a call that was under way").isEqualTo(failing(3));
    }

    @Test
    void oldFailuresAreForgotten() {
        Breaker later = failing(2).failed(NOW.plusSeconds(61), 3, MINUTE, MINUTE);
        assertThat(later.state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(later.failures()).containsExactly(NOW.plusSeconds(61));
    }

    @Test
    void noMoreProbesAreUnderWayThanAllowedUnlessOneIsLost() {
        Breaker open = failing(3);
        assertThat(open.allowsProbe(NOW.plusSeconds(61), 1)).isFalse();
        assertThat(open.allowsProbe(NOW.plusSeconds(62), 1)).isTrue();
        Breaker probing = open.probing(NOW.plusSeconds(62), MINUTE);
        assertThat(probing.allowsProbe(NOW.plusSeconds(63), 1)).isFalse();
        assertThat(probing.allowsProbe(NOW.plusSeconds(63), 2)).isTrue();
        assertThat(probing.allowsProbe(NOW.plusSeconds(122), 1))
                .as("the first is lost")
                .isTrue();
    }

    @Test
    void enoughProbesCloseIt() {
        Breaker probing = failing(3).probing(NOW.plusSeconds(62), MINUTE).probing(NOW.plusSeconds(62), MINUTE);
        Breaker once = probing.probed(NOW.plusSeconds(63), 2);
        assertThat(once.state()).isEqualTo(Breaker.State.HALF_OPEN);
        assertThat(once.probed(NOW.plusSeconds(64), 2)).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void itIsReadAsItWasWritten() {
        for (Breaker breaker : new Breaker[] {
            Breaker.CLOSED, failing(2), failing(3), failing(3).probing(NOW.plusSeconds(62), MINUTE)
        }) {
            assertThat(Breaker.decode(breaker.state(), breaker.encoded())).isEqualTo(breaker);
        }
    }
}
