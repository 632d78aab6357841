package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a blob store in the database keeps to besides: it takes part in transactions without exception. */
public abstract class TransactionalBlobStoreContract extends BlobStoreContract {

    @Test
    void aRollbackRestoresWhatWasReplaced() {
        blobs().put("small", "1");
        blobs().put("large", "x/y", bytes(600_000));
        rollback(() -> {
            blobs().put("small", "2");
            blobs().put("large", "3");
            blobs().delete("small");
        });
        assertThat(blobs().get("small")).contains("1");
        assertThat(read("large")).isEqualTo(bytes(600_000));
    }

    @Test
    void othersSeeABlobOnceItIsCommitted() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            commit(() -> {
                blobs().put("k", "x");
                assertThat(other.submit(() -> blobs().has("k")).get(20, TimeUnit.SECONDS))
                        .isFalse();
                return true;
            });
            assertThat(other.submit(() -> blobs().has("k")).get(20, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            other.shutdownNow();
        }
    }
}
