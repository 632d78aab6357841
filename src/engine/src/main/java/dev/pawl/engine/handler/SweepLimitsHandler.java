package dev.pawl.engine.handler;

import dev.pawl.engine.command.SweepLimits;
import java.time.Duration;
import java.time.Instant;

/** Forgets what flow control keeps and nobody needs. A lane that is forgotten begins with a full bucket again. */
final class SweepLimitsHandler implements Handler<SweepLimits, SweepLimits.Swept> {

    /** Longer than any bucket takes to fill, within reason. */
    private static final Duration IDLE = Duration.ofDays(1);

    @Override
    public SweepLimits.Swept handle(SweepLimits command, UnitOfWork work) {
        Instant before = work.now().minus(IDLE);
        int rows = work.ports().cached().forget(work.now(), command.max());
        rows += work.ports().limits().forget(before, command.max());
        rows += work.ports().breakers().forget(before, command.max());
        return new SweepLimits.Swept(rows);
    }
}
