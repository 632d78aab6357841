package dev.pawl.engine.handler;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps annotations with a run, and tells of those that want it, once. */
final class KeepNotes {

    private KeepNotes() {}

    /** Answers how many of them are new. */
    static int keep(Run run, List<Note> notes, String madeBy, UnitOfWork work) {
        if (notes.isEmpty()) {
            return 0;
        }
        List<Note> kept = work.ports().annotations().add(run.id(), notes, madeBy, work.now());
        for (Note note : kept) {
            if (note.isAnnounced()) {
                Map<String, Object> payload = new LinkedHashMap<>();
                if (!note.stepId().isEmpty()) {
                    payload.put("stage", note.stepId());
                }
                payload.put("name", note.name());
                payload.put("value", JsonCodec.parse(note.json()));
                payload.put("by", madeBy);
                work.record(run, EventType.ANNOTATION_CREATED, payload);
            }
        }
        return kept.size();
    }
}
