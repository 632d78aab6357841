package dev.pawl.engine.work.code;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import java.util.Map;

/** Publishes an event in the transaction that records it. */
final class EmitWork {

    private final BranchCursor branch;

    EmitWork(BranchCursor branch) {
        this.branch = branch;
    }

    void emit(String event, String correlation, Object data) {
        BranchCursor.Call call = branch.next(CheckpointKind.EMIT, event);
        if (!call.isNew()) {
            branch.passed(call.entry(), true);
            return;
        }
        CodeRun run = branch.codeRun();
        Checkpoint entry = call.entry().withDetail(JsonCodec.write(Map.of("event", event, "correlation", correlation)));
        entry = entry.completed(run.keep(entry, JsonCodec.write(data)), run.now());
        branch.passed(entry, true);
        branch.write(entry);
    }
}
