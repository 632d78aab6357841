package dev.pawl.testkit.contract;

import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The adapters under test and the transactions around them. Any number of threads may have a transaction each. */
public interface StoreFixture {

    /** How long a duplicate command waits in these tests. */
    Duration KEY_PATIENCE = Duration.ofSeconds(1);

    /** Commits unless the work throws. */
    <T> T inTransaction(Callable<T> work) throws Exception;

    RunStore runs();

    EventOutbox outbox();

    IdempotencyStore keys();

    BlobStore blobs();

    RunLog log();

    RunQueries queries();

    AiCallLog aiCalls();

    AiCallQueries aiCallQueries();

    /** The clock the queries look at. */
    ManualClock clock();

    /** Forgets everything, so that each test begins with an empty store. */
    void clear();
}
