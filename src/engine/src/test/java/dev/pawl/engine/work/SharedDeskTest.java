package dev.pawl.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedDeskTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Integer>> begun = new CopyOnWriteArrayList<>();

    /** Items whose transactions last until they are let go. */
    private final Map<Integer, CountDownLatch> held = new ConcurrentHashMap<>();

    private final SharedDesk<Integer> desk = new SharedDesk<>(threads, 100, 2, this::write);

    @AfterEach
    void close() {
        held.values().forEach(CountDownLatch::countDown);
        threads.shutdown();
    }

    @Test
    void anItemAloneIsWrittenAtOnce() {
        desk.add(1);

        assertThat(begun).containsExactly(List.of(1));
    }

    @Test
    @Tag("K-12")
    void aFurtherDeskIsTakenForAsManyAsAreBeingWritten() throws Exception {
        Future<?> second = writeOneAndTwoAndThenThreeWithFour();
        letGo(2);
        second.get();

        desk.add(5);
        assertThat(begun).as("one waits while two are written").hasSize(3);
        desk.add(6);
        assertThat(begun.get(3)).containsExactly(5, 6);
    }

    @Test
    void whatIsTooLittleForAFurtherDeskIsWrittenWhenTheOthersAreDone() throws Exception {
        Future<?> second = writeOneAndTwoAndThenThreeWithFour();
        desk.add(5);
        letGo(2);
        second.get();
        assertThat(begun).hasSize(3);

        letGo(3);
        awaitBegun(4);
        assertThat(begun.get(3)).containsExactly(5);
    }

    /** Three and four, which came while both desks were taken, are being written together, and two alone. */
    private Future<?> writeOneAndTwoAndThenThreeWithFour() throws InterruptedException {
        List.of(1, 2, 3).forEach(item -> held.put(item, new CountDownLatch(1)));
        threads.execute(() -> desk.add(1));
        awaitBegun(1);
        Future<?> second = threads.submit(() -> desk.add(2));
        awaitBegun(2);
        desk.add(3);
        desk.add(4);
        assertThat(begun).containsExactly(List.of(1), List.of(2));
        letGo(1);
        awaitBegun(3);
        assertThat(begun.get(2)).containsExactly(3, 4);
        return second;
    }

    private void letGo(int item) {
        held.get(item).countDown();
    }

    private void awaitBegun(int batches) throws InterruptedException {
        while (begun.size() < batches) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void write(List<Integer> batch) {
        begun.add(batch);
        try {
            held.getOrDefault(batch.get(0), new CountDownLatch(0)).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
