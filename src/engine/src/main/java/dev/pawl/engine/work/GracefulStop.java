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
    private final ListenerDesks listeners;

    public GracefulStop(StepWorker worker, ListenerDesks listeners) {
        this.worker = worker;
        this.listeners = listeners;
    }

    /**
     * @param toFinish how long running steps and calls of listeners may go on
     * @param toHandBack how long interrupted steps may take to leave
     */
    public void stop(Duration toFinish, Duration toHandBack) {
        worker.close();
        listeners.close();
        if (!isIdleWithin(toFinish) && !worker.isIdle()) {
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
        while (!isIdle() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return isIdle();
    }

    private boolean isIdle() {
        return worker.isIdle() && !listeners.isCalling();
    }
}
