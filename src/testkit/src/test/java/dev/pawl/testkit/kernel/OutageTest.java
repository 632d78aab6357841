package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.work.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class OutageTest {

    private final AtomicLong nanos = new AtomicLong(42);
    private final Lines log = new Lines();
    private final Outage outage = new Outage("The moon", nanos::get, log);

    /** Keeps what is logged. */
    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return Outage.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void noticed(int times) {
        for (int i = 0; i < times; i++) {
            outage.noticed(new IllegalStateException("outer", new IllegalArgumentException("no\n answer")));
        }
    }

    @Test
    void anOutageIsALineWhenItBeginsOneAMinuteAndOneWhenItIsOver() {
        noticed(100);
        pass(59);
        noticed(100);
        pass(1);
        noticed(100);
        pass(30);
        noticed(1);
        pass(2);
        outage.worked();
        outage.worked();
        assertThat(log.lines)
                .containsExactly(
                        "The moon is away; what needs it is repeated until it is back:"
                                + " java.lang.IllegalArgumentException: no answer",
                        "The moon has been away for 60 s, in which 201 attempts failed:"
                                + " java.lang.IllegalArgumentException: no answer",
                        "The moon is back after 92 s, in which 301 attempts failed");
    }

    @Test
    void whatStillSucceedsWhileItGoesDoesNotEndIt() {
        noticed(1);
        outage.worked();
        noticed(1);
        pass(2);
        outage.worked();
        assertThat(log.lines).hasSize(2);
    }

    @Test
    void calmIsCountedFromTheLastFailure() {
        assertThat(outage.isPast(Duration.ofDays(1))).isTrue();
        noticed(1);
        pass(9);
        assertThat(outage.isPast(Duration.ofSeconds(10))).isFalse();
        outage.worked();
        pass(1);
        assertThat(outage.isPast(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void whoWaitsIsToldWhenItIsOver() throws Exception {
        outage.awaitEnd(Duration.ofDays(1));
        noticed(1);
        outage.awaitEnd(Duration.ofMillis(5));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> outage.awaitEnd(Duration.ofDays(1)));
        pass(2);
        outage.worked();
        waiting.get(20, TimeUnit.SECONDS);
    }
}
