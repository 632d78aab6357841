package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import java.util.Set;

/** Makes the progress of a running step visible. */
public record ReportProgress(StepKey step, String leaseToken, String progress)
        implements Command<ReportProgress.Noted> {

    /** @param noted false when the lease is no longer held */
    public record Noted(boolean noted) {}

    @Override
    public String type() {
        return "step.progress";
    }

    @Override
    public Class<Noted> resultType() {
        return Noted.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(step.run());
    }
}
