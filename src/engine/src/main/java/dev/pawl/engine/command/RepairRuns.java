package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.List;

/**
 * Moves runs on in which nothing would ever happen by itself. The engine leaves none behind; a restored backup or a hand
 * in the tables may. Runs that wait, are suspended or held by a worker are left alone.
 */
public record RepairRuns(int max) implements Command<RepairRuns.Repaired> {

    /** @param runs that were stuck */
    public record Repaired(List<RunId> runs) {}

    @Override
    public String type() {
        return "run.repair";
    }

    @Override
    public Class<Repaired> resultType() {
        return Repaired.class;
    }
}
