package dev.pawl.testkit;

import dev.pawl.engine.port.Ids;
import java.util.concurrent.atomic.AtomicLong;

/** Counts: {@code id-00000001}, {@code id-00000002} and so on, the same in every test run. */
public final class SequentialIds implements Ids {

    private final AtomicLong last = new AtomicLong();

    @Override
    public String next() {
        return "id-%08d".formatted(last.incrementAndGet());
    }
}
