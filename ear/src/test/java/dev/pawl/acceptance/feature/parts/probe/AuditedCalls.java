package dev.pawl.acceptance.feature.parts.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.port.AiCallLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;

/** Notes calls whose topic begins with {@code audited/}. */
@Alternative
@Priority(1)
@ApplicationScoped
public class AuditedCalls implements AiCallLog {

    @Inject
    @Named("pawl-ai-calls")
    AiCallLog kept;

    @Override
    public void record(List<AiCall> calls) {
        for (AiCall call : calls) {
            if (call.topic().startsWith("audited/")) {
                Gates.note(call.topic() + " answered " + call.response());
            }
        }
        kept.record(calls);
    }

    @Override
    public Set<String> settle(List<AiCall> calls) {
        return kept.settle(calls);
    }
}
