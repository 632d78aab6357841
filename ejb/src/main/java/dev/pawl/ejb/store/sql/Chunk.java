package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What one transaction recorded for one run, as a row. */
record Chunk(RunId run, long firstSequence, long lastSequence, Instant occurredAt, String causationId, String events) {

    /** In the order of the runs; one that recorded nothing has none. */
    static List<Chunk> of(Collection<Run> runs) {
        return runs.stream()
                .filter(run -> !run.recorded().isEmpty())
                .map(Chunk::of)
                .toList();
    }

    private static Chunk of(Run run) {
        List<RunEvent> events = run.recorded();
        RunEvent first = events.get(0);
        RunEvent last = events.get(events.size() - 1);
        return new Chunk(
                run.id(),
                first.sequence(),
                last.sequence(),
                last.occurredAt(),
                first.causationId(),
                EventText.write(events, last.occurredAt(), first.causationId()));
    }
}
