package dev.pawl.ejb.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.ejb.store.UuidIds;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.contract.BlobFixture;
import dev.pawl.testkit.contract.BlobStoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files keep to the contract of blobs, and stay below their folder whatever the keys are. */
class FileBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path folder;

    private final FileFixture fixture = new FileFixture();

    @Override
    protected BlobFixture fixture() {
        fixture.root = folder.resolve("blobs");
        return fixture;
    }

    @Test
    void noKeyLeadsOutOfTheFolder() throws IOException {
        for (String key : List.of("../out", "/etc/out", "a/../../out", "..\\out", "C:\\out", "~/out", "./.aside/x")) {
            blobs().put(key, "x");
        }
        assertThat(files()).hasSize(7).allMatch(file -> file.startsWith(folder.resolve("blobs")));
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(folder.resolve("blobs"));
        }
    }

    @Test
    void emptyFoldersGoWithTheirLastBlob() throws IOException {
        blobs().put("runs/1/a", "x");
        blobs().put("runs/1/b/c", "x");
        blobs().delete("runs/1/b/c");
        assertThat(folder.resolve("blobs/runs/1/b")).doesNotExist();
        blobs().deleteAll("runs/1/", 10);
        assertThat(folder.resolve("blobs/runs")).doesNotExist();
        assertThat(folder.resolve("blobs")).exists();
    }

    @Test
    void aBlobIsNotThereBeforeItIsWhole() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given == 10) {
                    begun.countDown();
                    await(goOn);
                }
                return given < 20 ? given++ : -1;
            }
        };
        Thread putter = new Thread(() -> {
            try {
                blobs().put("k", "x/y", slow);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        putter.start();
        await(begun);
        assertThat(blobs().has("k")).isFalse();
        assertThat(blobs().list("")).isEmpty();
        goOn.countDown();
        putter.join();
        assertThat(read("k")).hasSize(20);
    }

    @Test
    void whatABrokenOffServerLeftIsSwept() throws IOException {
        blobs().put("k", "x");
        Path left = Files.writeString(folder.resolve("blobs/.aside/left"), "half a blob");
        fixture.clock.set(Instant.now().plus(Duration.ofMinutes(50)));
        assertThat(blobs().sweep()).isZero();
        fixture.clock.set(Instant.now().plus(Duration.ofMinutes(70)));
        assertThat(blobs().sweep()).isEqualTo(1);
        assertThat(left).doesNotExist();
        assertThat(blobs().get("k")).contains("x");
    }

    @Test
    void aFileThatIsNoBlobIsNotTakenForOne() throws IOException {
        blobs().put("k", "x");
        Files.writeString(folder.resolve("blobs/k.blob"), "something else\n");
        assertThatThrownBy(() -> blobs().get("k"))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("is no blob");
    }

    @Test
    void aContentTypeThatWouldBreakTheHeadIsRefused() {
        assertThatThrownBy(() -> blobs().put("k", "text/plain\nx", new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A folder, and transactions that know nothing but their end. */
    private static final class FileFixture implements BlobFixture, CurrentTransaction {

        private final ManualClock clock = new ManualClock();
        private final ThreadLocal<List<Consumer<Boolean>>> callbacks = new ThreadLocal<>();
        private Path root = Path.of("");
        private BlobStore blobs;

        @Override
        public <T> T inTransaction(Callable<T> work) throws Exception {
            List<Consumer<Boolean>> mine = new ArrayList<>();
            callbacks.set(mine);
            boolean isCommitted = false;
            try {
                T result = work.call();
                isCommitted = true;
                return result;
            } finally {
                callbacks.remove();
                boolean outcome = isCommitted;
                mine.forEach(callback -> callback.accept(outcome));
            }
        }

        /** A list is equal to another empty one; the object around it is not. */
        @Override
        public Optional<Object> key() {
            return Optional.ofNullable(callbacks.get()).map(System::identityHashCode);
        }

        @Override
        public void whenEnded(Consumer<Boolean> callback) {
            callbacks.get().add(callback);
        }

        @Override
        public BlobStore blobs() {
            return blobs;
        }

        @Override
        public ManualClock clock() {
            return clock;
        }

        @Override
        public void clear() {
            try {
                if (Files.exists(root)) {
                    try (Stream<Path> all = Files.walk(root)) {
                        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(path);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            blobs = new FileBlobStore(root, this, clock, new UuidIds(), Duration.ofHours(1));
        }
    }
}
