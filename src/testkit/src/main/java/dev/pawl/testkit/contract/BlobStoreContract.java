package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.port.BlobStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link BlobStore} keeps to. */
@Tag("D-08")
public abstract class BlobStoreContract extends StoreContract {

    private BlobStore blobs() {
        return fixture().blobs();
    }

    @Test
    void whatIsPutIsThereUntilItIsDeleted() {
        committing(() -> blobs().put("runs/1/input", "{\"a\":\"é\"}"));
        assertThat(commit(() -> blobs().get("runs/1/input"))).contains("{\"a\":\"é\"}");
        assertThat(commit(() -> blobs().has("runs/1/input"))).isTrue();

        assertThat(commit(() -> blobs().delete("runs/1/input"))).isTrue();

        assertThat(commit(() -> blobs().has("runs/1/input"))).isFalse();
        assertThat(commit(() -> blobs().get("runs/1/input"))).isEmpty();
        assertThat(commit(() -> blobs().delete("runs/1/input"))).isFalse();
    }

    @Test
    void aSecondPutReplacesAlsoInTheSameTransaction() {
        committing(() -> blobs().put("k", "one"));
        committing(() -> {
            blobs().put("k", "two");
            blobs().put("k", "three");
            assertThat(blobs().get("k")).contains("three");
        });
        assertThat(commit(() -> blobs().get("k"))).contains("three");
    }

    @Test
    void aRollbackTakesEverythingBack() {
        committing(() -> blobs().put("old", "1"));
        rollback(() -> {
            blobs().put("new", "2");
            blobs().put("old", "3");
            blobs().delete("old");
        });
        assertThat(commit(() -> blobs().list(""))).containsExactly("old");
        assertThat(commit(() -> blobs().get("old"))).contains("1");
    }

    @Test
    void keysAreListedByPrefixInOrder() {
        committing(() -> {
            blobs().put("runs/2/b", "x");
            blobs().put("runs/1/z", "x");
            blobs().put("runs/1/a", "x");
            blobs().put("runs/10/a", "x");
            blobs().put("runs/1", "x");
            blobs().put("runs/1%/a", "x");
            blobs().put("runs/1_/a", "x");
        });
        assertThat(commit(() -> blobs().list("runs/1/"))).containsExactly("runs/1/a", "runs/1/z");
        assertThat(commit(() -> blobs().list("runs/1%"))).containsExactly("runs/1%/a");
        assertThat(commit(() -> blobs().list("runs/1_"))).containsExactly("runs/1_/a");
        assertThat(commit(() -> blobs().list("runs/2"))).containsExactly("runs/2/b");
        assertThat(commit(() -> blobs().list("none"))).isEmpty();
        assertThat(commit(() -> blobs().list(""))).hasSize(7);
    }

    @Test
    void aLargeTextComesBackWhole() {
        String large = "0123456789abcdé\n".repeat(400_000);
        committing(() -> blobs().put("large", large));
        assertThat(commit(() -> blobs().get("large")).orElseThrow().equals(large))
                .isTrue();
    }
}
