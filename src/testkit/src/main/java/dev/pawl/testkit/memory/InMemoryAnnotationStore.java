package dev.pawl.testkit.memory;

import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.testkit.memory.Rows.AnnotationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Annotations in memory. */
final class InMemoryAnnotationStore implements AnnotationStore {

    private final Rows rows;
    private final AtomicLong last = new AtomicLong();

    InMemoryAnnotationStore(Rows rows) {
        this.rows = rows;
    }

    @Override
    public List<Note> add(RunId run, List<Note> notes, String madeBy, Instant at) {
        List<Note> added = new ArrayList<>();
        for (Note note : notes) {
            AnnotationKey key = new AnnotationKey(run, note.stepId(), note.name(), note.onceKey());
            if (rows.annotations.get(key).isEmpty()) {
                rows.annotations.put(
                        key,
                        new RunAnnotation(
                                run,
                                last.incrementAndGet(),
                                note.stepId(),
                                note.attempt(),
                                note.name(),
                                note.type(),
                                note.json(),
                                madeBy,
                                at));
                added.add(note);
            }
        }
        return added;
    }

    @Override
    public List<RunAnnotation> list(RunId run, Filter filter, long after, int limit) {
        return rows.annotations.rows().values().stream()
                .filter(annotation -> annotation.run().equals(run) && annotation.id() > after)
                .filter(filter::fits)
                .sorted(Comparator.comparingLong(RunAnnotation::id))
                .limit(limit)
                .toList();
    }
}
