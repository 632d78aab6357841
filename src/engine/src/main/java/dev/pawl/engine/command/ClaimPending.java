package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.List;

/** Makes pending runs RUNNING and opens their first steps for workers. */
public record ClaimPending(int maxClaims) implements Command<ClaimPending.Claimed> {

    /** @param failed runs that cannot be executed and are FAILED now */
    public record Claimed(List<RunId> started, List<RunId> failed) {}

    @Override
    public String type() {
        return "run.claimPending";
    }

    @Override
    public Class<Claimed> resultType() {
        return Claimed.class;
    }
}
