package dev.pawl.ejb.tracing;

import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Traces as the server's OpenTelemetry records them. While that is switched off nothing is recorded, but a trace that comes
 * from outside is handed on all the same, to user code and to events.
 */
@ApplicationScoped
public class OpenTelemetryTracing implements Tracing {

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    @Inject
    private OpenTelemetry telemetry;

    /** The switch of MicroProfile Telemetry. */
    @Inject
    @ConfigProperty(name = "otel.sdk.disabled", defaultValue = "true")
    private boolean isOff;

    private Tracer tracer;

    @PostConstruct
    void prepare() {
        tracer = telemetry.getTracer("dev.pawl");
    }

    @Override
    public Optional<TraceContext> current() {
        return contextOf(Context.current());
    }

    @Override
    public <T> T within(TraceContext trace, Supplier<T> work) {
        Scope scope = contextOf(trace).makeCurrent();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    @Override
    public Span begin(String name, Kind kind, @Nullable TraceContext parent, Supplier<Map<String, String>> attributes) {
        if (isOff) {
            return parent == null ? NONE.begin(name, kind, null, attributes) : new HandedOn(parent);
        }
        Context context = parent == null ? Context.current() : contextOf(parent);
        SpanBuilder builder = tracer.spanBuilder(name).setParent(context).setSpanKind(SpanKind.valueOf(kind.name()));
        attributes.get().forEach(builder::setAttribute);
        return new RecordedSpan(context, builder.startSpan());
    }

    @Override
    public Executor carriedBy(Executor executor) {
        return task -> executor.execute(Context.current().wrap(task));
    }

    private static Context contextOf(TraceContext trace) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, Fields.GETTER);
    }

    static Optional<TraceContext> contextOf(Context context) {
        if (!io.opentelemetry.api.trace.Span.fromContext(context)
                .getSpanContext()
                .isValid()) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, fields, (to, name, value) -> fields.put(name, value));
        return TraceContext.of(fields.get(PARENT), fields.get(STATE));
    }

    /** Nobody records; what follows belongs to the trace as it came. */
    private static final class HandedOn implements Span {
        private final TraceContext trace;
        private final Scope scope;

        HandedOn(TraceContext trace) {
            this.trace = trace;
            this.scope = contextOf(trace).makeCurrent();
        }

        @Override
        public Optional<TraceContext> context() {
            return Optional.of(trace);
        }

        @Override
        public void failed(Throwable thrown) {
            // nobody records it
        }

        @Override
        public void close() {
            scope.close();
        }
    }

    /** Reads a trace context as if its two fields were headers. */
    private enum Fields implements TextMapGetter<TraceContext> {
        GETTER;

        @Override
        public Iterable<String> keys(TraceContext carrier) {
            return List.of(PARENT, STATE);
        }

        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return switch (key) {
                case PARENT -> carrier.parent();
                case STATE -> carrier.state();
                default -> null;
            };
        }
    }
}
