package dev.pawl.jms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintTest {

    @Test
    void comesAtOnceAndThenOncePerInterval() {
        AtomicLong nanos = new AtomicLong(-5);
        Complaint complaint = new Complaint(Duration.ofNanos(100), nanos::get);

        assertThat(complaint.isDue()).isTrue();
        nanos.addAndGet(99);
        assertThat(complaint.isDue()).isFalse();
        nanos.addAndGet(1);
        assertThat(complaint.isDue()).isTrue();
        assertThat(complaint.isDue()).isFalse();
    }
}
