package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.api.ChildFailedException;
import dev.pawl.api.ChildOptions;
import dev.pawl.api.ChildRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.ChildStart;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.StepStatus;

/** A child: started in the transaction that records it, under an id derived from its place. */
final class StartedChild<O> implements ChildRun<O> {

    private final BranchCursor branch;
    private final int ordinal;
    private final String childId;
    private final JavaType output;

    private StartedChild(BranchCursor branch, int ordinal, String childId, JavaType output) {
        this.branch = branch;
        this.ordinal = ordinal;
        this.childId = childId;
        this.output = output;
    }

    static <O> ChildRun<O> start(
            BranchCursor branch, String workflow, JavaType output, String name, Object input, ChildOptions options) {
        CodeRun run = branch.codeRun();
        BranchCursor.Call call = branch.next(CheckpointKind.CHILD, name);
        Checkpoint entry = call.entry();
        if (call.isNew()) {
            String child = Paths.derivedId(run.keyOf(entry.id())).toString();
            ChildStart start = new ChildStart(
                    child,
                    workflow,
                    options.version().orElse(null),
                    JsonCodec.write(input),
                    options.priority().orElse(null),
                    options.correlationId().orElse(null),
                    options.whenParentEnds() == ChildOptions.WhenParentEnds.CANCEL);
            entry = entry.withDetail(JsonCodec.write(start));
            branch.write(entry);
            return new StartedChild<>(branch, entry.ordinal(), child, output);
        }
        String child =
                JsonCodec.parse(String.valueOf(entry.detail())).path("runId").asText();
        return new StartedChild<>(branch, entry.ordinal(), child, output);
    }

    @Override
    public String runId() {
        return childId;
    }

    @Override
    @SuppressWarnings("unchecked") // read as the type the child declares
    public O join() {
        Checkpoint entry = branch.awaitChild(ordinal);
        if (entry.status() == StepStatus.COMPLETED) {
            return (O) branch.read(entry, output);
        }
        Failure failure = entry.failure();
        throw new ChildFailedException(
                childId,
                failure == null ? "CHILD_FAILED" : failure.code(),
                "Child " + childId + " failed: " + (failure == null ? "for no known reason" : failure.message()));
    }
}
