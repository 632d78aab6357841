package dev.pawl.ejb.tracing;

import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/** A span that is exported when it has ended. */
final class RecordedSpan implements Tracing.Span {

    private final Span span;
    private final Context context;
    private final Scope scope;

    RecordedSpan(Context parent, Span span) {
        this.span = span;
        this.context = parent.with(span);
        this.scope = context.makeCurrent();
    }

    @Override
    public Optional<TraceContext> context() {
        return OpenTelemetryTracing.contextOf(context);
    }

    @Override
    public void failed(Throwable thrown) {
        span.recordException(thrown);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
