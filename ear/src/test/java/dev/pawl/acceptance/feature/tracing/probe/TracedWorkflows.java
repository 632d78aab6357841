package dev.pawl.acceptance.feature.tracing.probe;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;

/** Two stages, each of which adds the trace and the span it runs in, as its own calls to others would name them. */
public class TracedWorkflows implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("traced", Seen.class)
                .then(new Look("one"))
                .then(new Look("two"))
                .build());
    }

    /** @param spans {@code trace/span} of each stage */
    public record Seen(List<String> spans) {}

    private static final class Look implements Stage<Seen, Seen> {
        private final String id;

        Look(String id) {
            this.id = id;
        }

        @Override
        public Seen execute(StageContext context, Seen input) {
            List<String> spans = new ArrayList<>(input.spans());
            var current = Span.current().getSpanContext();
            spans.add(current.getTraceId() + "/" + current.getSpanId());
            return new Seen(spans);
        }

        @Override
        public String id() {
            return id;
        }
    }
}
