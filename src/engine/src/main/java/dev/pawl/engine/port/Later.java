package dev.pawl.engine.port;

import java.time.Duration;

/** Does something once, after a while, on a thread of the server's. */
public interface Later {

    /** @throws java.util.concurrent.RejectedExecutionException when the server goes down and takes nothing more */
    void after(Duration delay, Runnable action);
}
