package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.work.Alarm;
import dev.pawl.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final Duration GAP = Duration.ofMillis(20);

    private record Waiting(Duration delay, Runnable action) {}

    private final ManualClock clock = new ManualClock();
    private final List<Waiting> waiting = new ArrayList<>();
    private final AtomicInteger rings = new AtomicInteger();
    private final Alarm alarm = new Alarm(
            clock,
            (delay, action) -> waiting.add(new Waiting(delay, action)),
            Duration.ofSeconds(2),
            GAP,
            rings::incrementAndGet);

    @Test
    void ringsOnceAtTheEarliestOfManyTimes() {
        alarm.at(in(500));
        alarm.at(in(800));
        alarm.at(in(300));
        assertThat(waiting).extracting(Waiting::delay).containsExactly(Duration.ofMillis(500), Duration.ofMillis(300));

        waiting.get(1).action().run();
        waiting.get(0).action().run();
        assertThat(rings).hasValue(1);
    }

    @Test
    void canBeSetAgainAfterItRang() {
        alarm.at(in(300));
        waiting.get(0).action().run();
        alarm.at(in(600));
        waiting.get(1).action().run();
        assertThat(rings).hasValue(2);
    }

    @Test
    void waitsALittleForWhatComesTogether() {
        alarm.at(in(-50));
        alarm.at(in(10));
        assertThat(waiting).extracting(Waiting::delay).containsExactly(GAP);
    }

    @Test
    void leavesFarTimesToTheNextLook() {
        alarm.at(in(2_001));
        assertThat(waiting).isEmpty();
    }

    @Test
    void aRingThatNeverCameIsForgotten() {
        alarm.at(in(300));
        clock.advance(Duration.ofHours(1));
        alarm.at(in(1_000));
        assertThat(waiting).hasSize(2);
        waiting.get(1).action().run();
        assertThat(rings).hasValue(1);
    }

    @Test
    void aServerThatGoesDownIsNotDisturbed() {
        Alarm refused = new Alarm(
                clock,
                (delay, action) -> {
                    throw new RejectedExecutionException("going down");
                },
                Duration.ofSeconds(2),
                GAP,
                rings::incrementAndGet);
        refused.at(in(300));
        refused.at(in(400));
        assertThat(rings).hasValue(0);
    }

    private Instant in(int millis) {
        return clock.now().plusMillis(millis);
    }
}
