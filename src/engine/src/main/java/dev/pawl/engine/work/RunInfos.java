package dev.pawl.engine.work;

import dev.pawl.api.RunInfo;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunHeader;
import java.util.Map;

/** A run as user code sees it. */
public final class RunInfos {

    private RunInfos() {}

    public static RunInfo of(Assignment assignment) {
        RunHeader header = assignment.run().header();
        @SuppressWarnings("unchecked") // metadata is a JSON object
        Map<String, Object> metadata = JsonCodec.read(assignment.request().metadata(), Map.class);
        return new RunInfo(
                header.id().value(),
                header.tenant(),
                header.workflowId(),
                header.workflowVersion(),
                header.correlationId(),
                header.priority(),
                header.principal(),
                metadata);
    }
}
