package dev.pawl.web.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.InvalidMemberException;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.model.RunId;
import org.jspecify.annotations.Nullable;

/** The body of a request to begin a run once more. */
public record RerunRequest(
        String fromStageId,
        @Nullable JsonNode input,
        @Nullable Boolean allowCancelled) {

    public RerunRequest {
        if (fromStageId == null || fromStageId.isEmpty()) {
            throw new InvalidMemberException("fromStageId", "names the stage to begin at");
        }
    }

    RerunFrom command(RunId run) {
        return new RerunFrom(run, fromStageId, input, Boolean.TRUE.equals(allowCancelled));
    }
}
