package dev.pawl.engine.work.code;

import dev.pawl.api.StepContext;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Tracing;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls steps as their authors wrote them, each as a piece of work in the trace of its run. */
public final class TracedStepCalls implements StepCalls {

    private final Tracing tracing;

    public TracedStepCalls(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public @Nullable Object call(RunId run, String name, StepContext step, Callable<? extends @Nullable Object> code)
            throws Exception {
        try (Tracing.Span span = tracing.begin(
                "step " + name,
                Tracing.Kind.INTERNAL,
                null,
                () -> Map.of("pawl.run", run.value(), "pawl.step", name))) {
            try {
                return code.call();
            } catch (Exception e) {
                span.failed(e);
                throw e;
            }
        }
    }
}
