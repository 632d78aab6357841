package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.OpenBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} keeps to, inside transactions and outside. */
@Tag("D-08")
public abstract class BlobStoreContract {

    /** Larger than any part a store is likely to keep at a time, and no multiple of one. */
    private static final int LARGE = 1_500_001;

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    protected abstract BlobFixture fixture();

    @BeforeEach
    void beginEmpty() {
        fixture().clear();
        fixture().clock().set(NOW);
    }

    protected BlobStore blobs() {
        return fixture().blobs();
    }

    protected <T> T commit(Callable<T> work) {
        try {
            return fixture().inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    protected void rollback(Runnable work) {
        assertThatThrownBy(() -> commit(() -> {
                    work.run();
                    throw new RolledBack();
                }))
                .isInstanceOf(RolledBack.class);
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatIsPutIsThereUntilItIsDeleted() {
        blobs().put("runs/1/input", "{\"a\":\"é\"}");
        assertThat(blobs().get("runs/1/input")).contains("{\"a\":\"é\"}");
        assertThat(blobs().has("runs/1/input")).isTrue();

        assertThat(blobs().delete("runs/1/input")).isTrue();

        assertThat(blobs().has("runs/1/input")).isFalse();
        assertThat(blobs().get("runs/1/input")).isEmpty();
        assertThat(blobs().info("runs/1/input")).isEmpty();
        assertThat(blobs().open("runs/1/input")).isEmpty();
        assertThat(blobs().delete("runs/1/input")).isFalse();
    }

    @Test
    void bytesOfAnyNumberComeBackWithWhatIsKnownOfThem() throws IOException {
        for (int size : new int[] {0, 1, 65_536, 262_143, 262_144, 262_145, 524_288, LARGE}) {
            byte[] content = bytes(size);
            BlobInfo put = blobs().put("b/" + size, "image/png", new ByteArrayInputStream(content));

            assertThat(put.key()).isEqualTo("b/" + size);
            assertThat(put.contentType()).isEqualTo("image/png");
            assertThat(put.size()).isEqualTo(size);
            assertThat(put.createdAt()).isEqualTo(NOW);
            assertThat(blobs().info(put.key())).contains(put);
            assertThat(read(put.key())).as(size + " bytes").isEqualTo(content);
            try (OpenBlob open = blobs().open(put.key()).orElseThrow()) {
                assertThat(open.info()).isEqualTo(put);
            }
        }
    }

    @Test
    void bytesInMemoryAreKeptLikeAStream() {
        byte[] content = bytes(LARGE);
        assertThat(blobs().put("k", "application/pdf", content).size()).isEqualTo(LARGE);
        assertThat(read("k")).isEqualTo(content);
        assertThat(blobs().info("k").orElseThrow().contentType()).isEqualTo("application/pdf");
    }

    @Test
    void aStreamIsReadByteForByteTooAndToItsEnd() throws IOException {
        byte[] content = bytes(300_000);
        blobs().put("k", "x/y", new ByteArrayInputStream(content));
        try (OpenBlob open = blobs().open("k").orElseThrow()) {
            InputStream in = open.content();
            assertThat(in.read()).isEqualTo(content[0] & 0xff);
            assertThat(in.skip(262_200)).isPositive();
            in.readAllBytes();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[10])).isEqualTo(-1);
        }
    }

    @Test
    void aSecondPutReplacesAlsoInTheSameTransactionAndHasAnotherVersion() {
        BlobInfo one = blobs().put("k", "one");
        commit(() -> {
            blobs().put("k", "two");
            blobs().put("k", "three");
            assertThat(blobs().get("k")).contains("three");
            return true;
        });
        assertThat(blobs().get("k")).contains("three");
        assertThat(blobs().list("")).containsExactly("k");
        assertThat(blobs().info("k").orElseThrow().version()).isNotEqualTo(one.version());
        BlobInfo same = blobs().put("k", "three");
        assertThat(blobs().info("k")).contains(same);
    }

    @Test
    void aSmallBlobReplacesALargeOneAndALargeOneASmall() {
        blobs().put("k", "x/y", bytes(LARGE));
        blobs().put("k", "small");
        assertThat(blobs().get("k")).contains("small");
        blobs().put("k", "x/y", bytes(LARGE));
        assertThat(read("k")).isEqualTo(bytes(LARGE));
    }

    @Test
    void aRollbackTakesBackWhatWasPutAndDeleted() {
        blobs().put("old", "1");
        rollback(() -> {
            blobs().put("new", "2");
            blobs().put("large", "x/y", bytes(LARGE));
            assertThat(blobs().get("new")).contains("2");
            assertThat(blobs().delete("old")).isTrue();
        });
        assertThat(blobs().list("")).containsExactly("old");
        assertThat(blobs().get("old")).contains("1");
        rollback(() -> assertThat(blobs().deleteAll("ol", 5)).isEqualTo(1));
        assertThat(blobs().get("old")).contains("1");
    }

    @Test
    void aDeleteInATransactionHoldsOnceItIsCommitted() {
        blobs().put("a", "1");
        blobs().put("p/b", "2");
        blobs().put("p/c", "x/y", bytes(LARGE));
        commit(() -> {
            assertThat(blobs().delete("a")).isTrue();
            assertThat(blobs().deleteAll("p/", 10)).isEqualTo(2);
            return true;
        });
        assertThat(blobs().list("")).isEmpty();
    }

    @Test
    void keysAreListedByPrefixInOrderAndInParts() {
        commit(() -> {
            blobs().put("runs/2/b", "x");
            blobs().put("runs/1/z", "x");
            blobs().put("runs/1/a", "x");
            blobs().put("runs/10/a", "x");
            blobs().put("runs/1", "x");
            blobs().put("runs/1%/a", "x");
            blobs().put("runs/1_/a", "x");
            return true;
        });
        assertThat(blobs().list("runs/1/")).containsExactly("runs/1/a", "runs/1/z");
        assertThat(blobs().list("runs/1%")).containsExactly("runs/1%/a");
        assertThat(blobs().list("runs/1_")).containsExactly("runs/1_/a");
        assertThat(blobs().list("runs/2")).containsExactly("runs/2/b");
        assertThat(blobs().list("none")).isEmpty();
        assertThat(blobs().list("")).hasSize(7).isSorted();
        List<String> parts = new ArrayList<>();
        List<String> part = blobs().list("runs/", "", 3);
        while (!part.isEmpty()) {
            assertThat(part).hasSizeLessThanOrEqualTo(3);
            parts.addAll(part);
            part = blobs().list("runs/", parts.get(parts.size() - 1), 3);
        }
        assertThat(parts).isEqualTo(blobs().list(""));
    }

    @Test
    void aPrefixIsDeletedInBatches() {
        for (int i = 0; i < 25; i++) {
            blobs().put("runs/1/" + i, i % 5 == 0 ? "x".repeat(300_000) : "x");
        }
        blobs().put("runs/10/other", "x");
        assertThat(blobs().deleteAll("runs/1/", 10)).isEqualTo(10);
        assertThat(blobs().list("runs/1/")).hasSize(15);
        assertThat(blobs().deleteAll("runs/1/", 10)).isEqualTo(10);
        assertThat(blobs().deleteAll("runs/1/", 10)).isEqualTo(5);
        assertThat(blobs().deleteAll("runs/1/", 10)).isZero();
        assertThat(blobs().list("")).containsExactly("runs/10/other");
    }

    @Test
    void aLargeTextComesBackWhole() {
        String large = "0123456789abcdé\n".repeat(400_000);
        blobs().put("large", large);
        assertThat(blobs().get("large").orElseThrow().equals(large)).isTrue();
    }

    @Test
    void keysThatLookLikePathsOrDifferLittleAreAllDifferent() {
        List<String> keys = List.of(
                "a",
                "A",
                "a/",
                "/a",
                "a//b",
                "a/b",
                "a%2Fb",
                "a%2fb",
                "a\\b",
                ".",
                "..",
                "../a",
                "a/../b",
                "./a",
                "CON",
                "nul.txt",
                "a.blob",
                "a.blob/b",
                "a b",
                "a:b",
                "a*?<>|\"",
                "ü/é",
                "u\u0308/e\u0301",
                "\ud83d\ude00",
                "%",
                "%%",
                "~",
                "a~",
                "x".repeat(BlobStore.LONGEST_KEY),
                "x".repeat(BlobStore.LONGEST_KEY - 1) + "y",
                "\u00e9".repeat(300),
                "\u00e9".repeat(299) + "/" + "z".repeat(250));
        keys.forEach(key -> blobs().put(key, "at " + key));
        for (String key : keys) {
            assertThat(blobs().get(key)).contains("at " + key);
        }
        assertThat(new TreeSet<>(blobs().list(""))).isEqualTo(new TreeSet<>(keys));
        assertThat(blobs().list("a/")).containsExactlyInAnyOrder("a/", "a//b", "a/b", "a/../b");
        for (String key : keys) {
            assertThat(blobs().delete(key)).as(key).isTrue();
        }
        assertThat(blobs().list("")).isEmpty();
    }

    @Test
    void keysNoStoreCouldKeepAreRefused() {
        for (String key : List.of("", "a\0b", "a\nb", "\ud83d", "x".repeat(BlobStore.LONGEST_KEY + 1))) {
            assertThatThrownBy(() -> blobs().put(key, "x")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(blobs().list("")).isEmpty();
    }

    @Test
    void aStreamThatFailsLeavesWhatWasThere() {
        blobs().put("old", "before");
        for (String key : List.of("old", "new")) {
            InputStream failing = new SequenceInputStream(new ByteArrayInputStream(bytes(LARGE)), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("the sender went away");
                }
            });
            assertThatThrownBy(() -> blobs().put(key, "x/y", failing))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the sender went away");
        }
        assertThat(blobs().list("")).containsExactly("old");
        assertThat(blobs().get("old")).contains("before");
    }

    @Test
    void whoReadsGoesOnReadingWhatWasThereWhenItWasOpened() throws IOException {
        byte[] before = bytes(LARGE);
        blobs().put("k", "x/y", before);
        try (OpenBlob first = blobs().open("k").orElseThrow();
                OpenBlob second = blobs().open("k").orElseThrow()) {
            byte[] begin = first.content().readNBytes(10);
            blobs().put("k", "replaced");
            assertThat(begin).isEqualTo(Arrays.copyOf(before, 10));
            assertThat(first.content().readAllBytes()).isEqualTo(Arrays.copyOfRange(before, 10, LARGE));
            blobs().delete("k");
            assertThat(second.content().readAllBytes()).isEqualTo(before);
        }
        assertThat(blobs().has("k")).isFalse();
    }

    @Test
    void putsOfOneKeyAtTheSameTimeLeaveOneOfThemWhole() throws Exception {
        int writers = 6;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 5; round++) {
                String key = "contested/" + round;
                CyclicBarrier together = new CyclicBarrier(writers);
                List<Future<BlobInfo>> puts = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    String content = String.valueOf((char) ('a' + i)).repeat(i % 2 == 0 ? 10 : 600_000);
                    puts.add(threads.submit(() -> {
                        together.await();
                        return blobs().put(key, content);
                    }));
                }
                List<BlobInfo> infos = new ArrayList<>();
                for (Future<BlobInfo> put : puts) {
                    infos.add(put.get(60, TimeUnit.SECONDS));
                }
                String left = blobs().get(key).orElseThrow();
                assertThat(left.chars().distinct().count()).isEqualTo(1);
                assertThat(infos).contains(blobs().info(key).orElseThrow());
                assertThat(left).hasSize((int) blobs().info(key).orElseThrow().size());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sweepingLeavesEveryBlobAlone() {
        blobs().put("small", "x");
        blobs().put("large", "x/y", bytes(LARGE));
        blobs().sweep();
        assertThat(blobs().get("small")).contains("x");
        assertThat(read("large")).isEqualTo(bytes(LARGE));
    }

    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected byte[] read(String key) {
        try (OpenBlob blob = blobs().open(key).orElseThrow()) {
            return blob.content().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
