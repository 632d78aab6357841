package dev.pawl.engine.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves in good order: takes no more work, lets running steps finish, interrupts what is left and lets it be handed back.
 */
public final class GracefulStop {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StepWorker worker;

    public GracefulStop(StepWorker worker) {
        this.worker = worker;
    }

    /**
     * @param toFinish how long running steps may go on
     * @param toHandBack how long interrupted steps may take to leave
     */
    public void stop(Duration toFinish, Duration toHandBack) {
        worker.close();
        if (!isIdleWithin(toFinish)) {
            LOG.info("{} steps still run and are interrupted", worker.running().count());
            worker.running().stopForShutDown();
            if (!isIdleWithin(toHandBack)) {
                LOG.warn(
                        "{} steps did not react to the interrupt; their leases will run out",
                        worker.running().count());
            }
        }
    }

    private boolean isIdleWithin(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!worker.isIdle() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return worker.isIdle();
    }
}
