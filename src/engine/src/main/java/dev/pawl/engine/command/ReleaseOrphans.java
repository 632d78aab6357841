package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.WorkerId;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes back steps that are leased to a worker which does not execute them: it never learned of the lease, because the
 * answer of its command was lost, or it could not report. Only the worker itself can know.
 *
 * @param begun steps it has executed; each of them has used up an attempt
 */
public record ReleaseOrphans(WorkerId worker, Set<StepKey> steps, Set<StepKey> begun)
        implements Command<ReapStale.Reaped> {

    public ReleaseOrphans {
        steps = Set.copyOf(steps);
        begun = Set.copyOf(begun);
    }

    @Override
    public String type() {
        return "lease.releaseOrphans";
    }

    @Override
    public Class<ReapStale.Reaped> resultType() {
        return ReapStale.Reaped.class;
    }

    @Override
    public Set<RunId> runs() {
        return steps.stream().map(StepKey::run).collect(Collectors.toSet());
    }
}
