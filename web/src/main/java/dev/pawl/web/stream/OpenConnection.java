package dev.pawl.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request whose answer goes on. JAX-RS has suspended it and is not asked again: its own way to send events keeps what a
 * client does not take without bound.
 */
final class OpenConnection {

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenConnection(HttpServletRequest suspended) {
        this.context = suspended.getAsyncContext();
        this.response = (HttpServletResponse) context.getResponse();
    }

    /** @param whenLost done when the container finds the connection broken; it may do so late, or only at a write */
    void begin(Runnable whenLost) throws IOException {
        context.setTimeout(0);
        context.addListener(new Loss(whenLost));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // some proxies would keep events to themselves until they have enough of them
        response.setHeader("X-Accel-Buffering", "no");
        write(FrameText.begin());
    }

    /** Returns once the operating system has taken the bytes, which lasts as long as a client that does not read. */
    void write(byte[] bytes) throws IOException {
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    void end() {
        if (closed.compareAndSet(false, true)) {
            context.complete();
        }
    }

    private record Loss(Runnable whenLost) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            whenLost.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            whenLost.run();
        }

        @Override
        public void onError(AsyncEvent event) {
            whenLost.run();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // it is started once
        }
    }
}
