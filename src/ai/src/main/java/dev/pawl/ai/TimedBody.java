package dev.pawl.ai;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read as it arrives, but not beyond a point in time. The client's own time limit ends with the headers,
 * and a stream of tokens begins there.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    private static final int END = -1;

    /** A piece of the body, or its end. */
    private record Piece(
            @Nullable ByteBuffer bytes, @Nullable Throwable failure) {}

    private final long deadline;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private @Nullable ByteBuffer current;
    private boolean ended;

    /** @param deadline as {@link System#nanoTime()} */
    TimedBody(long deadline) {
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription.complete(source);
        source.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(buffer -> pieces.add(new Piece(buffer, null)));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(null, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(null, null));
    }

    @Override
    public int read() throws IOException {
        ByteBuffer bytes = next();
        return bytes == null ? END : bytes.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer bytes = next();
        if (bytes == null) {
            return END;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    private @Nullable ByteBuffer next() throws IOException {
        ByteBuffer bytes = current;
        while (!ended && (bytes == null || !bytes.hasRemaining())) {
            Piece piece = take();
            bytes = piece.bytes();
            if (bytes == null) {
                ended = true;
                if (piece.failure() != null) {
                    throw new IOException(piece.failure());
                }
            } else if (pieces.isEmpty()) {
                subscription.join().request(1);
            }
        }
        current = bytes;
        return ended ? null : bytes;
    }

    private Piece take() throws IOException {
        try {
            Piece piece = pieces.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (piece == null) {
                close();
                throw new HttpTimeoutException("the rest of the answer did not come in time");
            }
            return piece;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the answer arrived", e);
        }
    }

    @Override
    public void close() {
        ended = true;
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
