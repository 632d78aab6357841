package dev.pawl.engine.port;

import java.time.Duration;

/** Knows whether the database can be reached, from what everybody who asks it meets. */
public interface StoreWatch {

    /** Returns when the database is there, or after this time, or when the thread is interrupted. */
    void awaitBack(Duration patience);
}
