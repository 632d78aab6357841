package dev.pawl.engine.port;

import dev.pawl.engine.model.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Distributed traces: what belongs to which request, over threads, servers and time. */
public interface Tracing {

    /** Knows of no trace. */
    Tracing NONE = new NoTracing();

    /** What a span is in a conversation. */
    enum Kind {
        INTERNAL,
        PRODUCER,
        CONSUMER
    }

    /** A piece of work within a trace; everything its thread does until it is closed belongs to it. */
    interface Span extends AutoCloseable {

        /** What follows from this work belongs here; absent outside any trace. */
        Optional<TraceContext> context();

        /** The work did not succeed. */
        void failed(Throwable thrown);

        @Override
        void close();
    }

    /** The trace this thread works in. */
    Optional<TraceContext> current();

    /** Does work that belongs to a trace from elsewhere. */
    <T> T within(TraceContext trace, Supplier<T> work);

    /** Does work that belongs to a trace from elsewhere, if it came with one. */
    default <T> T within(Optional<TraceContext> trace, Supplier<T> work) {
        return trace.isPresent() ? within(trace.get(), work) : work.get();
    }

    /**
     * Begins a piece of work.
     *
     * @param parent what it follows from; null: what this thread does now
     * @param attributes asked for when somebody records the span
     */
    Span begin(String name, Kind kind, @Nullable TraceContext parent, Supplier<Map<String, String>> attributes);

    /** An executor whose tasks belong to what the thread did that handed them over. */
    Executor carriedBy(Executor executor);
}
