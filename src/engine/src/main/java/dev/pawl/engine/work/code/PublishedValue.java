package dev.pawl.engine.work.code;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;

/** A value that others read by its name; the latest counts, and one that has not changed is not written again. */
final class PublishedValue {

    private final CodeRun run;
    private final String name;

    PublishedValue(CodeRun run, String name) {
        this.run = run;
        this.name = name;
    }

    void publish(Object value) {
        String json = JsonCodec.write(value);
        Checkpoint entry = run.journal()
                .value(name)
                .orElseGet(() ->
                        Checkpoint.begun(run.journal().nextOrdinal(), "", name, 1, CheckpointKind.VALUE, run.now()));
        boolean same = entry.output() != null
                && JsonCodec.write(run.read(entry.output(), JsonCodec.type(Object.class)))
                        .equals(json);
        if (!same) {
            Checkpoint next = entry.attempted(entry.attempt() + 1, entry.startedAt());
            run.recorder().addForOthers(next.completed(run.keep(next, json), run.now()));
        }
    }
}
