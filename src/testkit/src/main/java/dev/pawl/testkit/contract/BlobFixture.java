package dev.pawl.testkit.contract;

import dev.pawl.engine.port.BlobStore;
import dev.pawl.testkit.ManualClock;
import java.util.concurrent.Callable;

/** A blob store under test and the transactions around it. */
public interface BlobFixture {

    /** Commits unless the work throws. */
    <T> T inTransaction(Callable<T> work) throws Exception;

    BlobStore blobs();

    /** The clock the adapters look at. */
    ManualClock clock();

    /** Forgets everything, so that each test begins with an empty store. */
    void clear();
}
