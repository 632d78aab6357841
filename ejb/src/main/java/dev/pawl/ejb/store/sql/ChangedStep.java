package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A step to be written, with what its row repeats of its run. */
record ChangedStep(RunId run, int priority, StepState step) {

    /** In the order in which rows are locked; a step that a run names twice is written as it is last. */
    static List<ChangedStep> of(Collection<Run> runs) {
        return runs.stream()
                .flatMap(run -> Latest.of(run.changedSteps(), StepState::id).stream()
                        .map(step -> new ChangedStep(run.id(), run.header().priority(), step)))
                .sorted(Comparator.comparing(ChangedStep::run)
                        .thenComparing(changed -> changed.step().id()))
                .toList();
    }
}
