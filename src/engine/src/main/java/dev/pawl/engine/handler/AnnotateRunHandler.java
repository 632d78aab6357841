package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.work.WriteNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what people and tools note on a run. */
final class AnnotateRunHandler implements Handler<AnnotateRun, AnnotateRun.Annotated> {

    private static final int MOST = 100;

    @Override
    public AnnotateRun.Annotated handle(AnnotateRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        List<AnnotateRun.Item> items = command.annotations();
        if (items.isEmpty() || items.size() > MOST) {
            throw invalid("/annotations", "1 to " + MOST + " annotations are expected, not " + items.size());
        }
        refuseUnknownStages(run, items, work);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            notes.add(note(items.get(i), i));
        }
        int created = KeepNotes.keep(run, notes, work.caller().principal(), work);
        return new AnnotateRun.Annotated(created, notes.size() - created);
    }

    private static void refuseUnknownStages(Run run, List<AnnotateRun.Item> items, UnitOfWork work) {
        if (items.stream().allMatch(item -> item.stage() == null)) {
            return;
        }
        Set<String> known =
                work.ports().runs().steps(run.id()).stream().map(StepState::id).collect(Collectors.toSet());
        for (AnnotateRun.Item item : items) {
            if (item.stage() != null && !known.contains(item.stage())) {
                throw new RefusedException(Refusal.of(
                        RefusalCode.STAGE_NOT_FOUND,
                        "Run " + run.id() + " has not come to a stage '" + item.stage() + "'; it has " + known));
            }
        }
    }

    private static Note note(AnnotateRun.Item item, int place) {
        try {
            return WriteNote.of(
                    item.stage() == null ? "" : item.stage(),
                    0,
                    item.name(),
                    item.value() == null ? NullNode.getInstance() : item.value(),
                    item.key(),
                    item.announce() != null);
        } catch (IllegalArgumentException e) {
            throw invalid("/annotations/" + place, String.valueOf(e.getMessage()));
        }
    }

    private static RefusedException invalid(String pointer, String message) {
        return new RefusedException(
                new Refusal(RefusalCode.VALIDATION_FAILED, message, List.of(new FieldError(pointer, message))));
    }
}
