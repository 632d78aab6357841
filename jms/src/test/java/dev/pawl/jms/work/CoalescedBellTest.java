package dev.pawl.jms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescedBellTest {

    private static final Duration DELAY = Duration.ZERO;
    private static final Duration REST = Duration.ofMillis(5);

    private record Task(Duration delay, Runnable action) {}

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final AtomicInteger strikes = new AtomicInteger();
    private final CoalescedBell bell = new CoalescedBell(
            (delay, action) -> tasks.add(new Task(delay, action)), DELAY, REST, strikes::incrementAndGet);

    @Test
    void whoeverRingsIsNotHeldUp() {
        bell.ring();

        assertThat(strikes).hasValue(0);
        assertThat(tasks).extracting(Task::delay).containsExactly(DELAY);
    }

    @Test
    void ringsBeforeAStrikeBeginsShareIt() {
        bell.ring();
        bell.ring();
        bell.ring();
        runAll();

        assertThat(strikes).hasValue(1);
    }

    @Test
    void aRingAfterAStrikeBeganIsAnsweredByOneMoreAfterTheRest() {
        bell.ring();
        next();
        bell.ring();
        bell.ring();

        assertThat(strikes).hasValue(1);
        assertThat(tasks).extracting(Task::delay).containsExactly(REST);
        runAll();
        assertThat(strikes).hasValue(2);
    }

    @Test
    void aRingDuringTheStrikeIsNotLost() {
        AtomicInteger count = new AtomicInteger();
        CoalescedBell[] own = new CoalescedBell[1];
        own[0] = new CoalescedBell((delay, action) -> tasks.add(new Task(delay, action)), DELAY, REST, () -> {
            if (count.incrementAndGet() == 1) {
                own[0].ring();
            }
        });
        own[0].ring();
        runAll();

        assertThat(count).hasValue(2);
    }

    @Test
    void afterARestItRingsAnew() {
        bell.ring();
        runAll();
        bell.ring();
        runAll();

        assertThat(strikes).hasValue(2);
        assertThat(tasks).isEmpty();
    }

    @Test
    void aStoppedSchedulerNeitherFailsTheCallerNorSticksTheBell() {
        boolean[] stopped = {true};
        CoalescedBell fragile = new CoalescedBell(
                (delay, action) -> {
                    if (stopped[0]) {
                        throw new RejectedExecutionException("stopping");
                    }
                    tasks.add(new Task(delay, action));
                },
                DELAY,
                REST,
                strikes::incrementAndGet);
        fragile.ring();
        stopped[0] = false;
        fragile.ring();
        runAll();

        assertThat(strikes).hasValue(1);
    }

    private void next() {
        tasks.remove().action().run();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            next();
        }
    }
}
