package dev.pawl.engine.work.code;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;

/** Waits for a time: registered together with the suspension of the run, and ended by whoever replays it then. */
final class SleepWork {

    private final BranchCursor branch;
    private final CodeRun run;

    SleepWork(BranchCursor branch) {
        this.branch = branch;
        this.run = branch.codeRun();
    }

    void sleep(String name, Instant until) {
        BranchCursor.Call call = branch.next(CheckpointKind.SLEEP, name);
        Checkpoint entry = call.isNew() ? call.entry().wakingAt(until) : call.entry();
        if (!call.isNew() && entry.status() != StepStatus.COMPLETED) {
            branch.meetOpen(entry);
        }
        Instant wakeAt = entry.wakeAt();
        if (entry.status() == StepStatus.COMPLETED || wakeAt == null) {
            branch.passed(entry, true);
            return;
        }
        if (wakeAt.isAfter(run.now())) {
            if (call.isNew()) {
                run.recorder().add(entry);
            }
            throw branch.suspend(entry, wakeAt);
        }
        entry = entry.completed(null, run.now());
        run.recorder().add(entry);
        branch.passed(entry, false);
    }
}
