package dev.pawl.engine.port;

import dev.pawl.engine.model.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tracing where there is none. */
final class NoTracing implements Tracing {

    private static final Span NOWHERE = new Span() {
        @Override
        public Optional<TraceContext> context() {
            return Optional.empty();
        }

        @Override
        public void failed(Throwable thrown) {
            // nobody looks
        }

        @Override
        public void close() {
            // nothing was begun
        }
    };

    @Override
    public Optional<TraceContext> current() {
        return Optional.empty();
    }

    @Override
    public <T> T within(TraceContext trace, Supplier<T> work) {
        return work.get();
    }

    @Override
    public Span begin(String name, Kind kind, @Nullable TraceContext parent, Supplier<Map<String, String>> attributes) {
        return NOWHERE;
    }

    @Override
    public Executor carriedBy(Executor executor) {
        return executor;
    }
}
