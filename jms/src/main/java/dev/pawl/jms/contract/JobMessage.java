package dev.pawl.jms.contract;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message for step workers: one step by name, or, without a name, word that there is something to look for.
 *
 * @param kind {@code work} in a wake-up
 * @param keyed whether the sender gave the command a key of its own; absent: no
 */
public record JobMessage(
        @Nullable String kind,
        @Nullable RunId runId,
        @Nullable String stageId,
        @Nullable Boolean keyed) {

    /** There is work; the database says which. */
    public static final JobMessage WAKE_UP = new JobMessage("work", null, null, null);

    public static JobMessage of(StepKey step, boolean keyed) {
        return new JobMessage(null, step.run(), step.stepId(), keyed ? true : null);
    }

    public static JobMessage parse(String text) {
        return JsonCodec.read(text, JobMessage.class);
    }

    public Optional<StepKey> step() {
        return runId == null || stageId == null ? Optional.empty() : Optional.of(new StepKey(runId, stageId));
    }

    public boolean hasOwnKey() {
        return Boolean.TRUE.equals(keyed);
    }

    public String text() {
        return JsonCodec.write(this);
    }
}
