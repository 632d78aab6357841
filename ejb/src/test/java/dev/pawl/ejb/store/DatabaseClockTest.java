package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.ejb.store.sql.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicReference<Instant> database = new AtomicReference<>(START);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong counter = new AtomicLong(500);

    private Instant ask() {
        asked.incrementAndGet();
        return database.get();
    }

    private DatabaseClock clock(Duration offset) {
        return new DatabaseClock(this::ask, Runnable::run, offset, true, counter::get);
    }

    private void pass(Duration time) {
        counter.addAndGet(time.toNanos());
        database.updateAndGet(now -> now.plus(time));
    }

    @Test
    void timePassesWithoutAskingTheDatabase() {
        DatabaseClock clock = clock(Duration.ZERO);
        assertThat(clock.now()).isEqualTo(START);
        pass(Duration.ofSeconds(9));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(9));
        assertThat(asked).hasValue(1);
    }

    @Test
    void theDatabaseIsAskedAgainAfterAWhileAndFollowed() {
        DatabaseClock clock = clock(Duration.ZERO);
        clock.now();
        pass(Duration.ofSeconds(11));
        database.updateAndGet(now -> now.plusSeconds(3));
        clock.now();
        assertThat(asked).hasValue(2);
        assertThat(clock.now()).isEqualTo(START.plusSeconds(14));
    }

    @Test
    void timeNeverGoesBack() {
        DatabaseClock clock = clock(Duration.ZERO);
        pass(Duration.ofSeconds(11));
        Instant before = clock.now();
        database.updateAndGet(now -> now.minusSeconds(5));
        pass(Duration.ofSeconds(11));
        clock.now();
        Instant later = clock.now();
        assertThat(later).isAfterOrEqualTo(before);
        pass(Duration.ofSeconds(2));
        assertThat(clock.now()).isAfterOrEqualTo(later);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAskedAgainLater() {
        AtomicInteger failures = new AtomicInteger();
        DatabaseClock clock = new DatabaseClock(
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("gone");
                    }
                    return database.get();
                },
                Runnable::run,
                Duration.ZERO,
                false,
                counter::get);
        clock.now();
        pass(Duration.ofSeconds(11));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(11));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(11));
        assertThat(failures).hasValue(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void anOffsetMovesTheTime() {
        assertThat(clock(Duration.ofDays(30)).now()).isEqualTo(START.plus(Duration.ofDays(30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void databasesTellTheirTime(String product) {
        DataSource source = product.equals("H2") ? TestDatabase.h2() : TestDatabase.postgres();
        assertThat(new DatabaseTime(source, Dialect.of(source)).get())
                .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void aMovableClockIsMovedAheadAndAnotherIsNot() {
        DatabaseClock movable = clock(Duration.ZERO);
        Instant before = movable.now();
        assertThat(movable.advance(Duration.ofDays(730))).isAfterOrEqualTo(before.plus(Duration.ofDays(730)));

        DatabaseClock fixed = new DatabaseClock(this::ask, Runnable::run, Duration.ZERO, false, counter::get);
        assertThatThrownBy(() -> fixed.advance(Duration.ofDays(1))).isInstanceOf(IllegalStateException.class);
    }
}
