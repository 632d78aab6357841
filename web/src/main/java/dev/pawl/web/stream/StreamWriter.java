package dev.pawl.web.stream;

import dev.pawl.engine.live.Frame;
import dev.pawl.engine.live.LiveStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a stream has to say. It takes a thread when it is rung, for as long as there is something to write, and one
 * at a time.
 */
final class StreamWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);

    private final OpenConnection connection;
    private final Executor executor;
    private final Consumer<LiveStream> whenOver;
    private final AtomicInteger rings = new AtomicInteger();
    private volatile @Nullable LiveStream stream;
    private volatile boolean over;

    /** @param whenOver told once or more that nobody takes the stream any more */
    StreamWriter(OpenConnection connection, Executor executor, Consumer<LiveStream> whenOver) {
        this.connection = connection;
        this.executor = executor;
        this.whenOver = whenOver;
    }

    void begin(LiveStream begun) throws IOException {
        stream = begun;
        connection.begin(this::lost);
        ring();
    }

    /** There is something to write, or may be. */
    void ring() {
        if (stream != null && !over && rings.getAndIncrement() == 0) {
            try {
                executor.execute(this::write);
            } catch (RejectedExecutionException e) {
                rings.set(0);
                LOG.debug("There is no thread for a stream; it is rung again", e);
            }
        }
    }

    private void write() {
        LiveStream writing = stream;
        int answered;
        try {
            do {
                answered = rings.get();
                writeAll(writing);
            } while (!over && !rings.compareAndSet(answered, 0));
        } catch (IOException e) {
            LOG.debug("Whoever listened has gone", e);
            end();
        } catch (RuntimeException e) {
            LOG.warn("A stream could not be continued and is closed; its client may resume it", e);
            end();
        }
    }

    private void writeAll(@Nullable LiveStream writing) throws IOException {
        List<Frame> frames = writing == null || over ? List.of() : writing.take();
        while (!frames.isEmpty() && writing != null) {
            connection.write(FrameText.of(frames));
            frames = over ? List.of() : writing.take();
        }
        if (writing != null && writing.isOver()) {
            end();
        }
    }

    private void lost() {
        over = true;
        LiveStream written = stream;
        if (written != null) {
            whenOver.accept(written);
        }
    }

    private void end() {
        lost();
        connection.end();
    }
}
