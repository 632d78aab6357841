package dev.pawl.liberty.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketPoolTest {

    private final PacketPool pool = new PacketPool("test", 1);
    private final EventExecutor reader = new DefaultEventLoop();

    @AfterEach
    void stop() {
        pool.shutdownNow();
        reader.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static boolean happens(CountDownLatch latch, long millis) throws InterruptedException {
        return latch.await(millis, TimeUnit.MILLISECONDS);
    }

    @Test
    void whatAReaderHandsOverIsHandledOnceItHasReadAll() throws Exception {
        CountDownLatch handled = new CountDownLatch(2);
        Future<Boolean> whileReading = reader.submit(() -> {
            pool.execute(handled::countDown);
            pool.execute(handled::countDown);
            return happens(handled, 200);
        });

        assertThat(whileReading.get()).isFalse();
        assertThat(happens(handled, 10_000)).isTrue();
    }

    @Test
    void aTaskThatIsHandedOverWithEachPacketIsRunOnceForAll() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        Runnable drain = runs::incrementAndGet;
        for (int reading = 1; reading <= 2; reading++) {
            reader.submit(() -> {
                        for (int packet = 0; packet < 26; packet++) {
                            pool.execute(drain);
                        }
                        return true;
                    })
                    .get();
        }
        reader.execute(() -> pool.execute(last::countDown));

        assertThat(happens(last, 10_000)).isTrue();
        assertThat(runs).hasValue(2);
    }

    @Test
    void whatAnybodyElseHandsOverIsHandledAtOnce() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        pool.execute(handled::countDown);

        assertThat(happens(handled, 10_000)).isTrue();
    }

    @Test
    void aReaderThatStopsHandsOverAtOnce() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        Future<Boolean> whileStopping = reader.submit(() -> {
            reader.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            pool.execute(handled::countDown);
            return happens(handled, 10_000);
        });

        assertThat(whileStopping.get()).isTrue();
    }
}
